/*
 * Puts the answers to single forms together: which articles match a query, how well, and how
 * many stand behind each facet. Pure but for the engine it asks.
 */
"use strict";

/**
 * How well a text has what was asked, what share of it stands in the headline (0..1), and at which words of the text.
 * @typedef {{score: number, title: number, at: number[]}} Hit
 * @typedef {Map<string, Hit>} Hits  by article id
 * `text` is the same for all copies of one text, and empty for a text without copies.
 * @typedef {{
 *   date: string, year: string[], topic: string[], source: string[], kind: string[], lang: string[], text: string[],
 * }} Article
 * @typedef {{text: string, mark: boolean}} Part  of an excerpt or headline
 * @typedef {{address: string, title: Part[], excerpt: Part[]}} Shown
 *
 * Some of an archive's shards, opened. `look` gives scores that a word's rarity has no part in.
 * @typedef {{
 *   articles: Map<string, Article>,
 *   look: (form: Form) => Promise<Hits>,
 *   show: (id: string, at: number[]) => Promise<Shown>,
 * }} Engine
 *
 * A part of an archive: `count` articles from the day `first` to the day `last`.
 * @typedef {{name: string, year: string, first: string, last: string, count: number}} Shard
 *
 * How many articles have a value of a facet, and the places of the newest and the oldest shard that has such.
 * @typedef {{count: number, newest: number, oldest: number}} Presence
 *
 * An archive before any of it is searched; its shards are in order, newest first.
 * @typedef {{
 *   shards: Shard[],
 *   spell: Spell,
 *   where: Record<string, Map<string, Presence>>,
 *   isOpen: (shard: Shard) => boolean,
 *   open: (shards: Shard[]) => Promise<Engine>,
 * }} Archive
 *
 * What the shards that `engine` has open answer: `ids` fit the choices and are in order, and so are `texts`, each with
 * the ids of its copies. Where nothing has all terms, these have `some` of them, as many as any has. Terms that are
 * `unknown` are nowhere in the archive. Neither can be told while shards are `left` to search.
 * @typedef {{
 *   engine: Engine, hits: Hits, ids: string[], texts: string[][], some: number, left: Shard[], unknown: Term[],
 * }} Answer
 */

(() => {
  /** What an exact word counts for, which the index finds but does not weigh. */
  const PLAIN = 0.5;
  /** What a headline that has the whole query counts for; with half the query it is an eighth of that. */
  const TITLE = 5;
  /** So many articles are searched before the first answer. */
  const FIRST = 150;
  /** And by so much the number grows from step to step. */
  const GROWTH = 1.5;

  /**
   * How telling a word is that `count` of `all` articles have (BM25's inverse document frequency).
   * @param {number} all
   * @param {number} count
   */
  const rarity = (all, count) => Math.log(1 + (all - count + 0.5) / (count + 0.5));

  /** @param {number[]} numbers */
  const sum = (numbers) => numbers.reduce((a, b) => a + b, 0);

  /**
   * The better of several answers for each article, and all places.
   * @param {Hits[]} many
   * @returns {Hits}
   */
  const any = (many) => {
    /** @type {Hits} */
    const found = new Map();
    for (const hits of many) {
      for (const [id, hit] of hits) {
        const known = found.get(id) ?? { score: 0, title: 0, at: [] };
        found.set(id, {
          score: Math.max(known.score, hit.score),
          title: Math.max(known.title, hit.title),
          at: [...known.at, ...hit.at],
        });
      }
    }
    return found;
  };

  /**
   * The articles that every answer has: scores added, the headline's share averaged, all places.
   * @param {Hits[]} many
   * @returns {Hits}
   */
  const all = (many) => {
    if (many.length === 1) return many[0];
    const [first, ...rest] = [...many].sort((a, b) => a.size - b.size);
    /** @type {Hits} */
    const found = new Map();
    for (const id of first.keys()) {
      if (!rest.every((hits) => hits.has(id))) continue;
      const own = many.map((hits) => hits.get(id));
      found.set(id, {
        score: sum(own.map((hit) => hit.score)),
        title: sum(own.map((hit) => hit.title)) / own.length,
        at: own.flatMap((hit) => hit.at),
      });
    }
    return found;
  };

  /**
   * Look up a word in all its forms as if they were one word, worth what its rarity in all that is searched makes it.
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
        const scale = word[i].weight * worth * (word[i].exact ? PLAIN : 1);
        return new Map([...hits].map(([id, hit]) => [id, { ...hit, score: hit.score * scale }]));
      }),
    );
  };

  /**
   * @param {Engine} engine
   * @param {Term} term
   * @returns {Promise<Hits>}
   */
  const lookTerm = async (engine, term) => {
    const wording = async (words) => all(await Promise.all(words.map((word) => lookWord(engine, word))));
    return any(await Promise.all(term.wordings.map(wording)));
  };

  /**
   * Answer a query: the articles that have every one of its terms, or so many. Names terms that are nowhere.
   *
   * The headline's part is Pagefind's own: what the terms in it are worth, times the
   * square of their share in the query, so that a chance word in a headline weighs little.
   * @param {Engine} engine
   * @param {Term[]} terms
   * @param {number} [fewest]
   * @returns {Promise<{hits: Hits, unknown: Term[]}>}
   */
  const answer = async (engine, terms, fewest = terms.length) => {
    const found = await Promise.all(terms.map((term) => lookTerm(engine, term)));
    const worth = found.map((hits) => rarity(engine.articles.size, hits.size));
    /** @type {Hits} */
    const hits = new Map();
    for (const id of new Set(found.flatMap((one) => [...one.keys()]))) {
      const own = found.map((one) => one.get(id));
      if (own.filter(Boolean).length < fewest) continue;
      const inTitle = sum(own.map((hit, i) => (hit?.title ?? 0) * worth[i]));
      const title = inTitle / sum(worth);
      hits.set(id, {
        score: sum(own.map((hit) => hit?.score ?? 0)) + TITLE * inTitle * title ** 2,
        title,
        at: own.flatMap((hit) => hit?.at ?? []),
      });
    }
    return { hits, unknown: terms.filter((_, i) => !found[i].size) };
  };

  /**
   * @param {Engine} engine
   * @returns {Hits}
   */
  const everything = (engine) => new Map([...engine.articles.keys()].map((id) => [id, { score: 0, title: 0, at: [] }]));

  /**
   * The articles that have as many of the terms as any has, where none has all; `some` says how many these are.
   * @param {Engine} engine
   * @param {Term[]} terms
   * @returns {Promise<{hits: Hits, some: number}>}
   */
  const most = async (engine, terms) => {
    for (let some = terms.length - 1; some > 0; some--) {
      const { hits } = await answer(engine, terms, some);
      if (hits.size) return { hits, some };
    }
    return { hits: new Map(), some: 0 };
  };

  /** @param {Shard[]} shards */
  const size = (shards) => sum(shards.map((shard) => shard.count));

  /**
   * The shards that may hold an article with the choices, newest first.
   * @param {Archive} archive
   * @param {Record<string, Set<string>>} chosen
   */
  const promising = ({ shards, where }, chosen) => {
    const has = (place, presence) => presence && presence.newest <= place && place <= presence.oldest;
    return shards.filter((_, place) =>
      Object.entries(chosen).every(
        ([facet, values]) => !values.size || [...values].some((value) => has(place, where[facet].get(value))),
      ),
    );
  };

  /**
   * How many of the shards to search next, when the first `depth` of them have been searched.
   * @param {Shard[]} shards
   * @param {number} depth
   */
  const deeper = (shards, depth) => {
    const enough = Math.max(FIRST, GROWTH * size(shards.slice(0, depth)));
    const found = shards.findIndex((_, place) => place >= depth && size(shards.slice(0, place + 1)) >= enough);
    return found < 0 ? shards.length : found + 1;
  };

  /**
   * Answer a query step by step: the newest shards are searched first; older ones that have what is chosen follow,
   * more at each step, until `enough` texts are found. Without terms, everything is found.
   * @param {Archive} archive
   * @param {Term[]} terms
   * @param {Record<string, Set<string>>} chosen
   * @param {boolean} newest  first, whatever the score
   * @param {number} enough
   * @param {boolean} share  whether articles that have some of the terms will do where none has all
   * @returns {AsyncGenerator<Answer>}
   */
  const search = async function* (archive, terms, chosen, newest, enough, share) {
    const { shards } = archive;
    const wish = promising(archive, chosen);
    const first = shards.slice(0, deeper(shards, 0));
    let depth = deeper(wish, 0);
    for (;;) {
      const next = new Set([...first, ...wish.slice(0, depth)]);
      const engine = await archive.open(shards.filter((shard) => next.has(shard) || archive.isOpen(shard)));
      const found = terms.length ? await answer(engine, terms) : { hits: everything(engine), unknown: [] };
      const left = wish.filter((shard) => !archive.isOpen(shard));
      const unknown = left.length ? [] : found.unknown;
      const isVain = !left.length && !found.hits.size && !unknown.length;
      const { hits, some } = isVain && share ? await most(engine, terms) : { hits: found.hits, some: 0 };
      const ids = ordered(engine, hits, chosen, newest || !terms.length);
      const texts = folded(engine, ids);
      yield { engine, hits, ids, texts, some, left, unknown };
      if (!left.length || texts.length >= enough) return;
      depth = deeper(wish, wish.indexOf(left[0]));
    }
  };

  /**
   * Runs of shards that follow each other, each as its first and last day, newest first.
   * @param {Shard[]} shards  of an archive, in their order
   * @param {(shard: Shard) => boolean} within
   * @returns {[string, string][]}
   */
  const spans = (shards, within) => {
    /** @type {[string, string][]} */
    const found = [];
    shards.forEach((shard, place) => {
      if (!within(shard)) return;
      if (place && within(shards[place - 1])) found.at(-1)[0] = shard.first;
      else found.push([shard.first, shard.last]);
    });
    return found;
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

  /**
   * Put copies of one text together, where the first of them stands.
   * @param {Engine} engine
   * @param {string[]} ids  in order
   * @returns {string[][]}
   */
  const folded = ({ articles }, ids) => {
    /** @type {Map<string, string[]>} */
    const texts = new Map();
    for (const id of ids) {
      const text = articles.get(id).text[0] ?? id;
      if (texts.has(text)) texts.get(text).push(id);
      else texts.set(text, [id]);
    }
    return [...texts.values()];
  };

  globalThis.backfileSearch = {
    ...globalThis.backfileSearch,
    match: { answer, deeper, facetCounts, folded, ordered, rarity, search, spans },
  };
})();
