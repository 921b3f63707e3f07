/*
 * The engine behind the search page of a published archive: Pagefind's index and our table of articles.
 */
"use strict";

(() => {
  const { match, words } = globalThis.backfileSearch;
  const FACETS = ["topic", "source", "kind", "lang"];
  const LABELS = [...FACETS, "text"];
  /** @param {URL} url */
  const fetchJson = async (url) => {
    const response = await fetch(url, { cache: "no-cache" });
    if (!response.ok) throw new Error(`${url.pathname}: ${response.status}`);
    return response.json();
  };

  /** @param {number} day  20250314 */
  const iso = (day) => String(day).padStart(8, "0").replace(/^(\d{4})(\d\d)/, "$1-$2-");

  /**
   * Unpack the catalogue that backfile.search.table makes.
   * @param {any} catalogue
   */
  const unpackCatalogue = (catalogue) => {
    /** @type {Shard[]} */
    const shards = catalogue.shards.map(([name, first, last, count]) => ({
      name,
      year: name.slice(0, 4),
      first: iso(first),
      last: iso(last),
      count,
    }));
    const where = Object.fromEntries(
      FACETS.map((facet) => [
        facet,
        new Map(catalogue[facet].map(([value, count, newest, oldest]) => [value, { count, newest, oldest }])),
      ]),
    );
    where.year = new Map();
    shards.forEach(({ year, count }, place) => {
      const { count: before, newest } = where.year.get(year) ?? { count: 0, newest: place };
      where.year.set(year, { count: before + count, newest, oldest: place });
    });
    return { shards, where };
  };

  /**
   * Unpack the table of a shard, that backfile.search.table makes too.
   * @param {any} table
   * @returns {Map<string, Article>}
   */
  const unpack = (table) =>
    new Map(
      Object.entries(table.articles).map(([id, [day, ...places]]) => {
        const labels = LABELS.map((label, i) => [label, places[i].map((place) => table[label][place])]);
        return [id, { date: iso(day), year: [iso(day).slice(0, 4)], ...Object.fromEntries(labels) }];
      }),
    );

  /**
   * Pagefind loads the one piece of the index in which a word would stand. The words that
   * begin with it may run on into the next piece: ask for that too.
   * @param {string} text
   */
  const upTo = (text) => text + (/[\u0400-\u04ff]$/.test(text) ? "ґґ" : "zzz");

  /**
   * Whether two answers are the same words at the same places of the same texts.
   * @param {any[]} one
   * @param {any[]} other
   */
  const same = (one = [], other = []) => {
    const places = new Map(other.map((result) => [result.id, result.words.join()]));
    return one.length === other.length && one.every((result) => places.get(result.id) === result.words.join());
  };

  /**
   * Open the index below the site's root; no shard is loaded yet. Rejects when it can't be loaded.
   * @param {URL} root
   * @returns {Promise<Archive>}
   */
  const open = async (root) => {
    const bundle = new URL("pagefind/", root);
    const [catalogue, groups] = await Promise.all([
      fetchJson(new URL("catalogue.json", bundle)),
      fetchJson(new URL("data/names.json", root)),
    ]);
    const { shards, where } = unpackCatalogue(catalogue);
    // Headlines are weighed in search_match.js, where the whole query is known.
    const ranking = { metaWeights: { title: 0, source: 0 } };
    /** @type {any} */
    let pagefind;
    /** Tables of the shards that are open, by the shards' names. @type {Map<string, Map<string, Article>>} */
    const tables = new Map();
    /** In which shards an id stands: Pagefind makes them of a few letters, so two shards may share one. */
    const homes = new Map();
    /** @type {Map<string, Promise<void>>} */
    const opening = new Map();
    /** The last result for each text. Its `data` answers only as long as the result itself is kept. */
    const last = new Map();
    /** Answers to forms, each with the number of shards that were asked. */
    const known = new Map();

    const start = async () => {
      const loaded = await import(new URL("pagefind.js", bundle).href);
      await loaded.init();
      return loaded;
    };

    /** @param {Shard} shard */
    const load = async ({ name }) => {
      const folder = new URL(`${name}/`, bundle);
      pagefind ??= start();
      const table = unpack(await fetchJson(new URL("articles.json", folder)));
      await (await pagefind).mergeIndex(folder.href, { ranking });
      for (const id of table.keys()) homes.set(id, [...(homes.get(id) ?? []), name]);
      tables.set(name, table);
    };

    /**
     * Load a shard, unless it is loaded or being loaded; what failed may be tried again.
     * @param {Shard} shard
     */
    const once = (shard) => {
      const { name } = shard;
      if (!opening.has(name)) {
        const loading = load(shard);
        loading.catch(() => opening.delete(name));
        opening.set(name, loading);
      }
      return opening.get(name);
    };

    /**
     * The shard that a result comes from. Where its id is in several, the page's name tells.
     * @param {any} result
     * @returns {Promise<string | undefined>}
     */
    const homeOf = async (result) => {
      const names = homes.get(result.id) ?? [];
      if (names.length < 2) return names[0];
      const date = (await result.data()).raw_url.slice(1, 11);
      return names.find((name) => tables.get(name).get(result.id).date === date);
    };

    /**
     * Pagefind's results for a query, by shard.
     * @param {string | null} query
     * @returns {Promise<Map<string, any[]>>}
     */
    const ask = async (query) => {
      const { results } = await (await pagefind).search(query);
      const found = new Map();
      for (const result of results) {
        const names = homes.get(result.id);
        const home = names?.length === 1 ? names[0] : await homeOf(result);
        if (!home) continue;
        last.set(`${home}/${result.id}`, result);
        if (found.has(home)) found.get(home).push(result);
        else found.set(home, [result]);
      }
      return found;
    };

    /**
     * Ask for the words that begin with a text. In a shard that has none, Pagefind falls back
     * to the longest word that begins *it* ("к" for "києв"). It does so too for a text that no
     * word begins with, so a shard whose answer to both is the same, and that has not the word
     * itself, has nothing. (Asked twice, since pieces that come meanwhile change the answer.)
     * @param {string} text
     */
    const begin = async (text) => {
      await (await pagefind).preload(`${text} ${upTo(text)}`);
      const [found, whole] = await Promise.all([ask(text), ask(`"${text}"`)]);
      const doubtful = [...found.keys()].filter((name) => !whole.has(name));
      if (!doubtful.length) return found;
      const [beyond, again] = await Promise.all([ask(upTo(text)), ask(text)]);
      for (const name of doubtful) {
        if ([found, again].some((answer) => same(answer.get(name), beyond.get(name)))) found.delete(name);
      }
      return found;
    };

    /**
     * A word's rarity in its shard is part of the score: it is taken out, and put in again for all shards together.
     * @param {Form} form
     * @returns {Promise<Map<string, Hits>>}
     */
    const lookUp = async ({ text, exact }) => {
      const found = exact ? await ask(`"${text}"`) : await begin(text);
      return new Map(
        [...found].map(([name, results]) => {
          const worth = exact ? 1 : match.rarity(tables.get(name).size, results.length);
          return [
            name,
            new Map(
              results.map(({ id, score, words: at, matchedMetaFields }) => [
                `${name}/${id}`,
                { score: score / worth, title: matchedMetaFields?.includes("title") ? 1 : 0, at },
              ]),
            ),
          ];
        }),
      );
    };

    /** @param {Form} form */
    const look = (form) => {
      const key = form.exact ? `"${form.text}"` : form.text;
      if (known.get(key)?.among !== tables.size) known.set(key, { among: tables.size, answer: lookUp(form) });
      return known.get(key).answer;
    };

    /**
     * @param {string} id
     * @param {number[]} at
     */
    const show = async (id, at) => {
      if (!last.has(id)) await ask(null);
      const { raw_url: file, content, meta } = await last.get(id).data();
      const text = content.split(/[\r\n\s]+/g);
      const title = meta.title.split(/\s+/);
      // The text begins with the headline, which is shown already.
      const repeated = title.every((word, i) => text[i]?.startsWith(word)) ? title.length : 0;
      return {
        // /2025-03-14-slug.html, as backfile.search.index names it
        address: file.replace(/^\/(\d+)-(\d+)-(\d+)-(.*)\.html$/, "$1/$2/$3/$4/"),
        title: globalThis.backfileSearch.parts(title, new Set(at.filter((place) => place < repeated))),
        excerpt: globalThis.backfileSearch.excerpt(text, at, repeated),
      };
    };

    return {
      shards,
      where,
      spell: words.speller(groups),
      isOpen: ({ name }) => tables.has(name),
      async open(wanted) {
        await Promise.all(wanted.map(once));
        const articles = wanted.flatMap(({ name }) =>
          [...tables.get(name)].map(([id, article]) => [`${name}/${id}`, article]),
        );
        return {
          articles: new Map(articles),
          show,
          async look(form) {
            const found = await look(form);
            return new Map(wanted.flatMap(({ name }) => [...(found.get(name) ?? [])]));
          },
        };
      },
    };
  };

  globalThis.backfileSearch = { ...globalThis.backfileSearch, openIndex: open };
})();
