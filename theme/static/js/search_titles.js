/*
 * The engine behind the search page of an archive opened from a file: titles and summaries, from data/titles.js
 * and the lists of the years that it names.
 */
"use strict";

(() => {
  const { words } = globalThis.backfileSearch;

  /**
   * Load a classic script, the only thing that a page opened from a file may load.
   * @param {URL} url
   */
  const load = (url) =>
    new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = url.href;
      script.onload = resolve;
      script.onerror = () => reject(new Error(url.href));
      document.head.append(script);
    });

  /** @param {string} text */
  const split = (text) => text.split(/\s+/).filter(Boolean);

  /** English plurals; Cyrillic endings are off already. */
  const withoutPlural = (text) => (/^[a-z]{5,}$/.test(text) ? text.replace(/e?s$/, "") : text);

  /**
   * How many articles have each value of each facet.
   * @param {Iterable<Article>} articles
   * @returns {Record<string, Map<string, Presence>>}
   */
  const presences = (articles) => {
    const where = Object.fromEntries(["topic", "source", "kind", "lang", "year"].map((facet) => [facet, new Map()]));
    for (const article of articles) {
      for (const [facet, has] of Object.entries(where)) {
        for (const value of article[facet]) {
          has.set(value, { count: (has.get(value)?.count ?? 0) + 1, newest: 0, oldest: 0 });
        }
      }
    }
    return where;
  };

  /**
   * Open the archive as one shard: all lists are loaded.
   * @param {URL} root
   * @returns {Promise<Archive>}
   */
  const open = async (root) => {
    await load(new URL("data/titles.js", root));
    const { names, years, articles: lists } = globalThis.backfileTitles;
    await Promise.all(years.map((year) => load(new URL(`data/titles/${year}.js`, root))));
    const rows = years.flatMap((year) => lists[year]);
    /** @type {Map<string, Article>} */
    const articles = new Map(
      rows.map(([address, , source, date, kind, lang, topic, , ...text]) => [
        address,
        { date, year: [date.slice(0, 4)], topic, source: source ? [source] : [], kind: [kind], lang: [lang], text },
      ]),
    );
    const texts = rows.map(([address, title, source, , , , , summary]) => {
      const titleWords = split(title);
      const shown = [...titleWords, ...split(summary)];
      const folded = [...shown, ...split(source)].flatMap((word, place) =>
        words.tokens(word).map((token) => ({ token: words.fold(token), place })),
      );
      return { address, titleWords, shown, folded };
    });
    const byAddress = new Map(texts.map((text) => [text.address, text]));

    /** @param {Form} form */
    const look = async ({ text, exact }) => {
      const wanted = (exact ? text : withoutPlural(text)).split(" ");
      const fits = exact ? (token, want) => token === want : (token, want) => token.startsWith(want);
      /** @type {Hits} */
      const found = new Map();
      for (const { address, titleWords, folded } of texts) {
        const at = folded.flatMap((_, i) =>
          wanted.every((want, ahead) => i + ahead < folded.length && fits(folded[i + ahead].token, want))
            ? wanted.map((_word, ahead) => folded[i + ahead].place)
            : [],
        );
        const title = at.some((place) => place < titleWords.length) ? 1 : 0;
        if (at.length) found.set(address, { score: 1, title, at });
      }
      return found;
    };

    /**
     * @param {string} address
     * @param {number[]} at
     */
    const show = async (address, at) => {
      const { titleWords, shown } = byAddress.get(address);
      return {
        address: `${address}index.html`,
        title: globalThis.backfileSearch.parts(titleWords, new Set(at)),
        excerpt: globalThis.backfileSearch.excerpt(shown, at, titleWords.length),
      };
    };

    const dates = [...articles.values()].map((article) => article.date);
    const shard = { name: "titles", year: "", first: dates.at(-1), last: dates[0], count: articles.size };
    return {
      shards: articles.size ? [shard] : [],
      where: presences(articles.values()),
      spell: words.speller(names),
      isOpen: () => true,
      open: async () => ({ articles, look, show }),
    };
  };

  globalThis.backfileSearch = { ...globalThis.backfileSearch, openTitles: open };
})();
