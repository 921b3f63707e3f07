/*
 * The engine behind the search page of a published archive: Pagefind's index and our table of articles.
 */
"use strict";

(() => {
  const { words } = globalThis.backfileSearch;
  const FACETS = ["topic", "source", "kind", "lang"];
  /** Metadata that is written for readers. */
  const WORDED = new Set(["title", "source"]);

  /** @param {URL} url */
  const fetchJson = async (url) => {
    const response = await fetch(url);
    if (!response.ok) throw new Error(`${url.pathname}: ${response.status}`);
    return response.json();
  };

  /**
   * Unpack the table that backfile.search.table makes.
   * @param {any} table
   * @returns {Map<string, Article>}
   */
  const unpack = (table) =>
    new Map(
      Object.entries(table.articles).map(([id, [day, ...places]]) => {
        const digits = String(day).padStart(8, "0");
        const facets = FACETS.map((facet, i) => [facet, places[i].map((place) => table[facet][place])]);
        const date = `${digits.slice(0, 4)}-${digits.slice(4, 6)}-${digits.slice(6)}`;
        return [id, { date, year: [digits.slice(0, 4)], ...Object.fromEntries(facets) }];
      }),
    );

  /**
   * Pagefind loads the one piece of the index in which a word would stand. The words that
   * begin with it may run on into the next piece: ask for that too.
   * @param {string} text
   */
  const upTo = (text) => text + (/[\u0400-\u04ff]$/.test(text) ? "ґґ" : "zzz");

  /**
   * Whether a word of the text is what was asked for. Where no word begins with the one
   * asked for, Pagefind falls back to any word that begins *it* ("к" for "києв").
   * @param {string} asked
   * @param {string} word
   */
  const related = (asked, word) => {
    const needed = Math.max(3, asked.length - 3);
    return [word, ...word.split(/[^\p{L}\p{M}\p{N}]+/u)]
      .map(words.fold)
      .some((part) => part.length >= needed && part.startsWith(asked.slice(0, needed)));
  };

  /**
   * Open the index below the site's root. Rejects when it can't be loaded.
   * @param {URL} root
   * @returns {Promise<Engine>}
   */
  const open = async (root) => {
    const bundle = new URL("pagefind/", root);
    const [table, groups] = await Promise.all([
      fetchJson(new URL("articles.json", bundle)),
      fetchJson(new URL("data/names.json", root)),
    ]);
    const articles = unpack(table);
    const spell = words.speller(groups);
    if (!articles.size) return { articles, spell, look: async () => new Map(), show: async () => null };
    const pagefind = await import(new URL("pagefind.js", bundle).href);
    // Headlines are weighed in search_match.js, where the whole query is known.
    await pagefind.options({ ranking: { metaWeights: { title: 0, source: 0, date: 0, kind: 0 } } });
    await pagefind.init();

    /** @type {Map<string, () => Promise<any>>} */
    const loaders = new Map();
    /** @type {Map<string, Promise<Hits>>} */
    const known = new Map();

    /** @param {string | null} query */
    const ask = async (query) => {
      const { results } = await pagefind.search(query);
      for (const result of results) loaders.set(result.id, result.data);
      return results;
    };

    /** @param {Form} form */
    const lookUp = async ({ text, exact }) => {
      if (exact) return hits(await ask(`"${text}"`));
      await pagefind.preload(`${text} ${upTo(text)}`);
      const results = await ask(text);
      const sample = results.find((result) => result.words.length);
      if (sample) {
        const content = (await sample.data()).content.split(/[\r\n\s]+/g);
        const meant = sample.words.some((place) => related(text, content[place] ?? ""));
        if (!meant && !(await ask(`"${text}"`)).length) return new Map();
      }
      return hits(results);
    };

    /**
     * Pagefind searches all metadata; a date or a kind is none of the article's words.
     * @param {any[]} results
     * @returns {Hits}
     */
    const hits = (results) =>
      new Map(
        results
          .filter((result) => result.words.length || result.matchedMetaFields?.some((field) => WORDED.has(field)))
          .map(({ id, score, words: at, matchedMetaFields }) => [
            id,
            { score, title: matchedMetaFields?.includes("title") ? 1 : 0, at },
          ]),
      );

    /** @param {Form} form */
    const look = (form) => {
      const key = form.exact ? `"${form.text}"` : form.text;
      if (!known.has(key)) known.set(key, lookUp(form));
      return known.get(key);
    };

    /**
     * @param {string} id
     * @param {number[]} at
     */
    const show = async (id, at) => {
      if (!loaders.has(id)) await ask(null);
      const { raw_url: address, content, meta } = await loaders.get(id)();
      const text = content.split(/[\r\n\s]+/g);
      const title = meta.title.split(/\s+/);
      // The text begins with the headline, which is shown already.
      const repeated = title.every((word, i) => text[i]?.startsWith(word)) ? title.length : 0;
      return {
        address: address.replace(/^\//, ""),
        title: globalThis.backfileSearch.parts(title, new Set(at.filter((place) => place < repeated))),
        excerpt: globalThis.backfileSearch.excerpt(text, at, repeated),
      };
    };

    return { articles, spell, look, show };
  };

  globalThis.backfileSearch = { ...globalThis.backfileSearch, openIndex: open };
})();
