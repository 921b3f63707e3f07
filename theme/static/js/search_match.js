/*
 * Puts the answers to single forms together: which articles match a query, how well, and how many stand behind each facet.
 * Pure but for the engine it asks.
 */
"use strict";

/**
 * @typedef {{score: number, at: number[]}} Hit  how well, and at which words of the text
 * @typedef {Map<string, Hit>} Hits  by article id
 * @typedef {{date: string, year: string[], topic: string[], source: string[], kind: string[], lang: string[]}} Article
 * @typedef {{text: string, mark: boolean}} Part  of an excerpt or headline
 * @typedef {{address: string, title: Part[], excerpt: Part[]}} Shown
 * @typedef {{
 *   articles: Map<string, Article>,
 *   groups: string[][],
 *   look: (form: Form) => Promise<Hits>,
 *   show: (id: string, at: number[]) => Promise<Shown>,
 * }} Engine
 */

(() => {
  /** What one found word counts for where the engine does not weigh it (an exact word). */
  const PLAIN = 0.5;

  /**
   * How telling a word is that `count` of `all` articles have (BM25's inverse document frequency).
   * @param {number} all
   * @param {number} count
   */
  const rarity = (all, count) => Math.log(1 + (all - count + 0.5) / (count + 0.5));

  /**
   * The better of two scores for each article, and all places.
   * @param {Hits[]} many
   * @returns {Hits}
   */
  const any = (many) => {
    /** @type {Hits} */
    const found = new Map();
    for (const hits of many) {
      for (const [id, hit] of hits) {
        const known = found.get(id);
        found.set(id, known ? { score: Math.max(known.score, hit.score), at: [...known.at, ...hit.at] } : hit);
      }
    }
    return found;
  };

  /**
   * The articles that all have, with scores added and all places.
   * @param {Hits[]} many
   * @returns {Hits}
   */
  const all = (many) => {
    const [first, ...rest] = [...many].sort((a, b) => a.size - b.size);
    /** @type {Hits} */
    const found = new Map();
    for (const [id, hit] of first) {
      const others = rest.map((hits) => hits.get(id));
      if (others.some((other) => !other)) continue;
      found.set(id, {
        score: others.reduce((sum, other) => sum + other.score, hit.score),
        at: [hit, ...others].flatMap((one) => one.at),
      });
    }
    return found;
  };

  /**
   * Look up a word in all its forms as if they were one word: the scores of a rare form
   * are brought down to what the word as a whole is worth.
   * @param {Engine} engine
   * @param {Word} word
   * @returns {Promise<Hits>}
   */
  const lookWord = async (engine, word) => {
    const answers = await Promise.all(word.map((form) => engine.look(form)));
    const total = engine.articles.size;
    const worth = rarity(total, new Set(answers.flatMap((hits) => [...hits.keys()])).size);
    return any(
      answers.map((hits, i) => {
        const scale = word[i].weight * (word[i].exact ? PLAIN * worth : worth / rarity(total, hits.size));
        return new Map([...hits].map(([id, hit]) => [id, { score: hit.score * scale, at: hit.at }]));
      }),
    );
  };

  /**
   * @param {Engine} engine
   * @param {Term} term
   */
  const lookTerm = async (engine, term) =>
    any(await Promise.all(term.wordings.map(async (words) => all(await Promise.all(words.map((word) => lookWord(engine, word)))))));

  /**
   * Answer a query. Terms that are nowhere in the archive are named.
   * @param {Engine} engine
   * @param {Term[]} terms
   * @returns {Promise<{hits: Hits, unknown: Term[]}>}
   */
  const answer = async (engine, terms) => {
    const found = await Promise.all(terms.map((term) => lookTerm(engine, term)));
    const unknown = terms.filter((_, i) => !found[i].size);
    return { hits: found.length ? all(found) : new Map(), unknown };
  };

  /**
   * As `answer`, but an article needs no more than one of the terms.
   * @param {Engine} engine
   * @param {Term[]} terms
   * @returns {Promise<Hits>}
   */
  const nearest = async (engine, terms) => {
    const found = await Promise.all(terms.map((term) => lookTerm(engine, term)));
    const ids = new Set(found.flatMap((hits) => [...hits.keys()]));
    return new Map(
      [...ids].map((id) => {
        const own = found.flatMap((hits) => hits.get(id) ?? []);
        return [id, { score: own.reduce((sum, hit) => sum + hit.score, 0), at: own.flatMap((hit) => hit.at) }];
      }),
    );
  };

  /**
   * Whether an article has, for each facet that has choices, one of them.
   * @param {Article} article
   * @param {Record<string, Set<string>>} chosen
   * @param {string} [but]  a facet that does not count
   */
  const fits = (article, chosen, but) =>
    Object.entries(chosen).every(
      ([facet, values]) => facet === but || !values.size || article[facet].some((value) => values.has(value)),
    );

  /**
   * How many of the articles would be left for each value of each facet, were it chosen:
   * what is chosen in the other facets counts, what is chosen in its own does not.
   * @param {Engine} engine
   * @param {Iterable<string>} ids
   * @param {Record<string, Set<string>>} chosen
   * @returns {Record<string, Map<string, number>>}
   */
  const facetCounts = (engine, ids, chosen) => {
    const counts = Object.fromEntries(Object.keys(chosen).map((facet) => [facet, new Map()]));
    for (const id of ids) {
      const article = engine.articles.get(id);
      for (const facet of Object.keys(chosen)) {
        if (!fits(article, chosen, facet)) continue;
        for (const value of article[facet]) counts[facet].set(value, (counts[facet].get(value) ?? 0) + 1);
      }
    }
    return counts;
  };

  /**
   * The ids of the articles that fit the choices: best first, or newest first.
   * @param {Engine} engine
   * @param {Hits} hits
   * @param {Record<string, Set<string>>} chosen
   * @param {boolean} newest
   * @returns {string[]}
   */
  const ordered = (engine, hits, chosen, newest) => {
    const { articles } = engine;
    const date = (id) => articles.get(id).date;
    const byDate = (a, b) => (date(a) < date(b) ? 1 : date(a) > date(b) ? -1 : 0);
    const byScore = (a, b) => hits.get(b).score - hits.get(a).score;
    const byId = (a, b) => (a < b ? -1 : 1);
    return [...hits.keys()]
      .filter((id) => fits(articles.get(id), chosen))
      .sort((a, b) => (newest ? byDate(a, b) || byScore(a, b) : byScore(a, b) || byDate(a, b)) || byId(a, b));
  };

  globalThis.backfileSearch = {
    ...globalThis.backfileSearch,
    match: { answer, facetCounts, nearest, ordered },
  };
})();
