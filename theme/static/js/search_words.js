/*
 * What a reader's words may look like in a text: cases, plurals, other spellings. No page, no index.
 *
 * These scripts are classic ones that share one global, because a page opened from a file
 * may not load modules. docs/search.md tells why each rule is there and what it can't do.
 */
"use strict";

/**
 * One form to look up: every word that begins with `text`, or with `exact` that word or phrase and no other.
 * @typedef {{text: string, exact: boolean, weight: number}} Form
 * @typedef {Form[]} Word  any of these forms
 * @typedef {Word[]} Wording  all of these words
 * @typedef {{text: string, spellings: string[], wordings: Wording[]}} Term  any of these wordings
 *
 * The longest run of words from a place that is a spelling, and all spellings that stand for it.
 * @typedef {(words: string[], at: number) => {length: number, spellings: string[]}} Spell
 */

(() => {
  const CYRILLIC = /[\u0400-\u04ff]/;
  /** 13.1 and 1,500; U.S.; and words, with what may stand inside of them: п’ять, AT&T, F-16. */
  const TOKEN = /\p{N}+(?:[.,]\p{N}+)+|(?:\p{L}\.){2,}\p{L}?|[\p{L}\p{M}\p{N}]+(?:['’ʼ&-][\p{L}\p{M}\p{N}]+)*/gu;
  const QUERY_PART = /["“”„«]([^"“”«»]+)["“”»]?|([^"“”„«»]+)/gu;

  /** Case endings of nouns and adjectives in Ukrainian and Russian, as they are written. */
  const ENDINGS =
    "а я о е є и і ї ы у ю ь й ой ей ий ій ый ая яя ое ее ую юю ые ие ої ого его ього ому ему ьому ым им ім ом ем єм " +
    "ым ыми ими іми ых их іх ам ям ами ями ах ях ов ев ів їв ові еві єві ою ею єю ью " +
    "ия ию ии ие ией ием иям иями иях ія ію ії ією іям іями іях";
  /** What a stem too short to search by its beginning is tried with, one by one. */
  const SHORT_ENDINGS = " а я о е и і ы у ю ь й ой ом ем ою ею ам ям ами ями ах ях ов ів ей";

  /** Words that nearly every text has; they decide nothing beside others. */
  const STOP_WORDS = new Set(
    ("a an and are at by for from in is of on or the to was were with " +
      "в во до за и из к на не о об от по с со у что як що і й та у в на з із зі до за по від про для").split(" "),
  );

  /** A whole stem must have this many letters to stand for every word that begins with it. */
  const OPEN_STEM = 4;
  const STEM_WEIGHT = 0.7;

  /**
   * Fold case, accents and signs in a word, as the index does: й and и, ї and і, ё and е are one; U.S. is us.
   * @param {string} word
   */
  const fold = (word) => word.toLowerCase().normalize("NFD").replace(/[^\p{L}\p{N}]/gu, "");

  /**
   * Cut a text into words. A hyphen divides two words (Kyiv-Kharkiv), but not F-16.
   * @param {string} text
   * @returns {string[]}
   */
  const tokens = (text) =>
    (text.match(TOKEN) ?? []).flatMap((token) => {
      const parts = token.split("-");
      return parts.every((part) => /^[\p{L}\p{M}]{3,}$/u.test(part)) ? parts : [token];
    });

  const FOLDED_ENDINGS = [...new Set(ENDINGS.split(" ").map(fold))].sort((a, b) => b.length - a.length);
  const FOLDED_SHORT = [...new Set(SHORT_ENDINGS.split(" ").map(fold))];

  /**
   * Take the longest case ending off a folded Cyrillic word, leaving at least `least` letters.
   * @param {string} word
   * @param {number} least
   */
  const withoutEnding = (word, least) => {
    const ending = FOLDED_ENDINGS.find((end) => word.endsWith(end) && word.length - end.length >= least);
    return ending ? word.slice(0, -ending.length) : word;
  };

  /**
   * The key under which the cases of a name meet: Київ, Києва; Putin, Putin's.
   * @param {string} word
   */
  const nameKey = (word) => {
    const folded = fold(word.replace(/['’ʼ]s?$/u, ""));
    if (!CYRILLIC.test(folded)) return folded;
    return withoutEnding(folded, 3).replace(/[іоеє](?=[бвгґджзклмнпрстфхцчш]$)/u, "о");
  };

  /**
   * The forms by which one word is looked up.
   * @param {string} written
   * @returns {Word}
   */
  const forms = (written) => {
    const word = fold(written);
    const cyrillic = CYRILLIC.test(word);
    // US and EU begin many words that are not meant.
    const abbreviation = written === written.toUpperCase() && /\p{L}/u.test(word) && word.length <= (cyrillic ? 2 : 3);
    /** @type {Form[]} */
    const found = [{ text: word, exact: abbreviation, weight: 1 }];
    if (!cyrillic || abbreviation) return found;
    const stem = withoutEnding(word, 2);
    const open = withoutEnding(word, OPEN_STEM);
    if (open !== word) {
      found.push({ text: open, exact: false, weight: STEM_WEIGHT });
    } else if (stem !== word) {
      for (const ending of FOLDED_SHORT) found.push({ text: stem + ending, exact: true, weight: STEM_WEIGHT });
    }
    // Ukrainian: і of a closed syllable opens to о or е (Київ, Києва; Львів, Львова; рік, року).
    if (/і[бвгґджзклмнпрстфхцчш]$/u.test(word)) {
      for (const vowel of "оеє") {
        found.push({ text: word.slice(0, -2) + vowel + word.slice(-1), exact: false, weight: STEM_WEIGHT });
      }
    }
    return found;
  };

  /**
   * Index groups of spellings, each standing for the others, by the key of their first word.
   * @param {string[][]} groups
   * @returns {Spell}
   */
  const speller = (groups) => {
    /** @type {Map<string, {keys: string[], group: string[]}[]>} */
    const byFirst = new Map();
    for (const group of groups) {
      for (const spelling of group) {
        const keys = tokens(spelling).map(nameKey);
        if (!keys.length) continue;
        byFirst.set(keys[0], [...(byFirst.get(keys[0]) ?? []), { keys, group }]);
      }
    }
    return (words, at) => {
      const fits = (byFirst.get(nameKey(words[at])) ?? []).filter(({ keys }) =>
        keys.every((key, i) => at + i < words.length && nameKey(words[at + i]) === key),
      );
      const length = Math.max(1, ...fits.map(({ keys }) => keys.length));
      const spellings = fits.filter(({ keys }) => keys.length === length).flatMap(({ group }) => group);
      return { length, spellings: [...new Set(spellings)] };
    };
  };

  /**
   * Read a query: terms that must all be found, each in any of its wordings.
   * @param {string} query
   * @param {Spell} spell
   * @returns {Term[]}
   */
  const parse = (query, spell) => {
    /** @type {Term[]} */
    const terms = [];
    for (const [, phrase, loose] of query.matchAll(QUERY_PART)) {
      if (phrase !== undefined) {
        const text = tokens(phrase).map(fold).join(" ");
        if (text) terms.push({ text: phrase.trim(), spellings: [], wordings: [[[{ text, exact: true, weight: 1 }]]] });
        continue;
      }
      const words = tokens(loose);
      for (let at = 0; at < words.length; ) {
        const { length, spellings } = spell(words, at);
        const own = words.slice(at, at + length);
        const others = spellings.map(tokens).filter((other) => !sameWords(other, own));
        terms.push({
          text: own.join(" "),
          spellings: others.map((other) => other.join(" ")),
          wordings: [own, ...others].map((wording) => wording.map(forms)),
        });
        at += length;
      }
    }
    const telling = terms.filter((term) => !STOP_WORDS.has(term.text.toLowerCase()));
    return telling.length ? telling : terms;
  };

  /**
   * @param {string[]} one
   * @param {string[]} other
   */
  const sameWords = (one, other) => one.map(fold).join(" ") === other.map(fold).join(" ");

  globalThis.backfileSearch = { ...globalThis.backfileSearch, words: { fold, forms, parse, speller, tokens } };
})();
