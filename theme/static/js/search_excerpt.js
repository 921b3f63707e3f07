/*
 * Cuts from a text the two lines that show best why it was found. Pure.
 */
"use strict";

(() => {
  /** Words looked at together, words shown before the first mark, and letters shown in all: two lines of a wide page. */
  const WINDOW = 14;
  const BEFORE = 4;
  const SHOWN = 125;
  const CORE = /^([^\p{L}\p{N}]*)(.*?)([^\p{L}\p{N}]*)$/su;
  /** Fewer words than this are neither left out at the beginning nor shown alone. */
  const FEW = 3;
  const ENOUGH = 10;

  /**
   * Join words into parts, marked and not, that follow each other.
   * @param {string[]} words
   * @param {Set<number>} marks  places in `words`
   * @returns {Part[]}
   */
  const parts = (words, marks) => {
    /** @type {Part[]} */
    const made = [];
    words.forEach((word, i) => {
      // Quotation marks and full stops around a found word are not part of what was found.
      const [, before, core, after] = marks.has(i) ? CORE.exec(word) : [word, word, "", ""];
      for (const [text, marked] of [[i ? " " + before : before, false], [core, true], [after, false]]) {
        if (!text) continue;
        const last = made.at(-1);
        if (last && last.mark === marked) last.text += text;
        else made.push({ text, mark: marked });
      }
    });
    return made;
  };

  /**
   * @param {string[]} words  of the whole text
   * @param {number[]} found  places of what was found
   * @param {number} from  the first place that may be shown
   * @returns {Part[]}
   */
  const excerpt = (words, found, from) => {
    const places = [...new Set(found)].filter((place) => place >= from && place < words.length).sort((a, b) => a - b);
    let start = from;
    let best = 0;
    places.forEach((place, i) => {
      const within = places.slice(i).filter((other) => other < place + WINDOW).length;
      if (within > best) [best, start] = [within, place - BEFORE];
    });
    start = Math.min(start, words.length - ENOUGH);
    if (start - from < FEW) start = from;
    let end = start;
    for (let room = SHOWN; end < words.length && room > 0; end++) room -= words[end].length + 1;
    const marks = new Set(places.filter((place) => place >= start && place < end).map((place) => place - start));
    const made = parts(words.slice(start, end), marks);
    if (start > from) made.unshift({ text: "… ", mark: false });
    if (end < words.length) made.push({ text: " …", mark: false });
    return made;
  };

  globalThis.backfileSearch = { ...globalThis.backfileSearch, excerpt, parts };
})();
