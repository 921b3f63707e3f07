/*
 * The page for an address that leads nowhere: puts the words of that address into the search
 * line, and lists up to five articles that have those words, or are of that day.
 */
"use strict";

(() => {
  const { match, openIndex, view, words } = globalThis.backfileSearch;
  const MOST = 5;
  /** What being of the right day is worth, beside a found word. */
  const SAME_DAY = 4;

  /** @param {string} path  perhaps mistyped, so perhaps no encoding at all */
  const decoded = (path) => {
    try {
      return decodeURIComponent(path);
    } catch {
      return path;
    }
  };

  const region = document.querySelector("[data-near]");
  const root = new URL(region.dataset.root, document.baseURI);
  const missing = decoded(location.pathname.slice(root.pathname.length))
    .replace(/^(?:people|places|sources|stories|topics)\//, "")
    .replace(/\.\w+$/, "");
  /** The address as words, without the day: it is looked for by itself. */
  const asked = missing.split(/[^\p{L}\p{N}]+/u).filter((word) => /\p{L}/u.test(word)).join(" ");

  const suggest = async () => {
    const archive = await openIndex(root);
    if (!archive.shards.length) return;
    const day = /^(\d{4})\/(\d{2})\/(\d{2})\//.exec(missing)?.slice(1).join("-");
    const recent = match.deeper(archive.shards, 0);
    const near = archive.shards.filter((shard, place) => place < recent || (shard.first <= day && day <= shard.last));
    const engine = await archive.open(near);
    const { hits } = await match.answer(engine, words.parse(asked, archive.spell), 1);
    for (const [id, article] of engine.articles) {
      if (article.date !== day) continue;
      const hit = hits.get(id) ?? { score: 0, title: 0, at: [] };
      hits.set(id, { ...hit, score: hit.score + SAME_DAY });
    }
    const texts = match.folded(engine, match.ordered(engine, hits, {}, false));
    const speaker = view.speaker(JSON.parse(region.dataset.words), document.body.lang);
    const items = await Promise.all(
      texts.slice(0, MOST).map(async ([id]) => view.result(await engine.show(id, hits.get(id).at), engine.articles.get(id), root, speaker)),
    );
    region.querySelector("ol").replaceChildren(...items);
    region.hidden = !items.length;
  };

  document.getElementById("search-lost").value = asked;
  // The page says already that the address leads nowhere; that nothing can be suggested needs no words.
  if (location.protocol !== "file:") suggest().catch((error) => console.error(error));
})();
