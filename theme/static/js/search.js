/*
 * The search page: keeps the line, the choices, the address and the results in step.
 */
"use strict";

(() => {
  const { match, openIndex, openTitles, view, words: language } = globalThis.backfileSearch;
  const PAGE = 10;
  const PAUSE = 120;
  const SLOW = 400;

  const region = document.querySelector("[data-search]");
  const root = new URL(region.dataset.root || "./", document.baseURI);
  const words = view.speaker(JSON.parse(region.dataset.words), document.body.lang);
  const part = (name) => region.querySelector(`[data-${name}]`);
  const line = part("line");
  const list = part("results");
  const more = part("more");
  const newest = region.querySelector("input[name=sort][value=newest]");
  const best = region.querySelector("input[name=sort][value=best]");
  const facets = view.facets(region, words, () => run(true));

  const wide = matchMedia("(min-width: 48rem)");
  const stick = location.protocol === "file:";
  const opened = stick ? openTitles(root) : openIndex(root);
  /** What is shown now, so that more of it can be. */
  let shown = { ids: [], hits: new Map(), count: 0 };
  /** Counts runs: an answer that comes after a later question is dropped. */
  let runs = 0;
  /** Whether the next change of the line begins a new entry in the history. */
  let settled = true;
  let timer = 0;

  /* ---- the address ---- */

  const toAddress = () => {
    const address = new URLSearchParams();
    if (line.value.trim()) address.set("q", line.value.trim());
    for (const [facet, values] of Object.entries(facets.chosen())) {
      for (const value of values) address.append(facet, value);
    }
    if (newest.checked) address.set("sort", "newest");
    return `${address}` ? `?${address}` : location.pathname;
  };

  const fromAddress = () => {
    const address = new URLSearchParams(location.search);
    line.value = address.get("q") ?? "";
    (address.get("sort") === "newest" ? newest : best).checked = true;
    const chosen = Object.keys(facets.chosen()).map((facet) => [facet, new Set(address.getAll(facet))]);
    facets.choose(Object.fromEntries(chosen));
  };

  /** @param {boolean} push  a step that Back undoes */
  const keepAddress = (push) => {
    const address = toAddress();
    if (new URL(address, location.href).search === location.search) return;
    if (push) history.pushState(null, "", address);
    else history.replaceState(null, "", address);
  };

  /* ---- the answer ---- */

  /**
   * Hits for what is asked: with an empty line and a choice made, all articles.
   * @param {Engine} engine
   * @param {Term[]} terms
   */
  const ask = async (engine, terms) => {
    if (terms.length) return match.answer(engine, terms);
    const everything = new Map([...engine.articles.keys()].map((id) => [id, { score: 0, title: 0, at: [] }]));
    return { hits: everything, unknown: [] };
  };

  /** @param {boolean} push */
  const run = async (push, wanted = PAGE) => {
    clearTimeout(timer);
    keepAddress(push);
    const mine = ++runs;
    list.ariaBusy = "true";
    const slow = setTimeout(() => tell(words.say("find_loading")), SLOW);
    try {
      const engine = await opened;
      const terms = language.parse(line.value, engine.spell);
      const { hits, unknown } = await ask(engine, terms);
      const chosen = facets.chosen();
      const idle = !terms.length && !Object.values(chosen).some((values) => values.size);
      const ids = idle ? [] : match.ordered(engine, hits, chosen, newest.checked || !terms.length);
      const items = await render(engine, hits, ids.slice(0, wanted));
      if (mine !== runs) return;
      facets.count(match.facetCounts(engine, hits.keys(), chosen));
      shown = { ids, hits, count: items.length };
      list.replaceChildren(...items);
      region.classList.toggle("is-idle", idle);
      more.hidden = ids.length <= items.length;
      report({ engine, terms, unknown, all: hits.size, left: ids.length, idle });
    } catch (error) {
      if (mine === runs) fail(error);
    } finally {
      clearTimeout(slow);
      if (mine === runs) list.ariaBusy = "false";
    }
  };

  /**
   * @param {Engine} engine
   * @param {Hits} hits
   * @param {string[]} ids
   */
  const render = (engine, hits, ids) =>
    Promise.all(
      ids.map(async (id) => view.result(await engine.show(id, hits.get(id).at), engine.articles.get(id), root, words)),
    );

  const showMore = async () => {
    const mine = runs;
    const engine = await opened;
    const items = await render(engine, shown.hits, shown.ids.slice(shown.count, shown.count + PAGE));
    if (mine !== runs) return;
    list.append(...items);
    shown.count += items.length;
    more.hidden = shown.ids.length <= shown.count;
    items[0]?.querySelector("a").focus();
    history.replaceState({ count: shown.count }, "");
  };

  /* ---- what the page says ---- */

  /** @param {string} text */
  const tell = (text) => {
    const status = part("status");
    if (status.textContent !== text) status.textContent = text;
  };

  const report = ({ engine, terms, unknown, all, left, idle }) => {
    const notes = [];
    if (!engine.articles.size) tell(words.say("find_empty"));
    else if (idle) tell(words.say("find_start", { n: engine.articles.size }));
    else if (left) tell(words.say("find_found", { n: left }));
    else if (all) tell(words.say("find_none_chosen"));
    else tell(words.say("find_none"));
    const spellings = terms.filter((term) => term.spellings.length);
    for (const term of spellings) {
      notes.push([words.say("find_spellings", { word: term.text, spellings: words.list(term.spellings) })]);
    }
    if (unknown.length) {
      const quoted = unknown.map((term) => words.say("quoted", { text: term.text }));
      notes.push([words.say("find_unknown", { words: words.list(quoted) })]);
    }
    const known = terms.filter((term) => !unknown.includes(term));
    if (!all && unknown.length && known.length) notes.push([retry(known.map((term) => term.text).join(" "))]);
    if (!left && all && !idle) notes.push([button("find_clear", () => facets.choose({}))]);
    if (!left && !all && !idle) notes.push([words.say("find_hint")]);
    part("notes").replaceChildren(...notes.map((note) => view.element("p", {}, ...note)));
  };

  /** @param {string} query */
  const retry = (query) => button("find_instead", () => (line.value = query), { words: query });

  /**
   * @param {string} key
   * @param {() => void} change
   * @param {Record<string, string>} [values]
   */
  const button = (key, change, values) => {
    const made = view.element("button", { type: "button" }, words.say(key, values));
    made.addEventListener("click", () => {
      change();
      line.focus();
      run(true);
    });
    return made;
  };

  /** @param {unknown} error */
  const fail = (error) => {
    console.error(error);
    list.replaceChildren();
    more.hidden = true;
    part("notes").replaceChildren();
    tell(words.say(stick ? "find_failed_file" : "find_failed"));
  };

  /* ---- the keyboard ---- */

  /** @param {number} step */
  const move = (step) => {
    const links = [...list.querySelectorAll("a")];
    const at = links.indexOf(document.activeElement);
    if (at + step < 0) line.focus();
    else links[at + step]?.focus();
  };

  region.addEventListener("keydown", (event) => {
    const within = event.target === line || list.contains(event.target);
    if (!within || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.key === "ArrowDown") move(1);
    else if (event.key === "ArrowUp" && event.target !== line) move(-1);
    else if (event.key === "Escape") {
      line.value = "";
      line.focus();
      run(true);
    } else return;
    event.preventDefault();
  });

  /* ---- begin ---- */

  line.addEventListener("input", () => {
    part("facets").open = wide.matches;
    const push = settled && new URLSearchParams(location.search).has("q");
    settled = false;
    clearTimeout(timer);
    timer = setTimeout(() => run(push), PAUSE);
  });
  line.addEventListener("change", () => (settled = true));
  line.form.addEventListener("submit", (event) => {
    event.preventDefault();
    settled = true;
    run(false);
  });
  for (const choice of [best, newest]) choice.addEventListener("change", () => run(true));
  more.addEventListener("click", showMore);
  addEventListener("popstate", () => {
    fromAddress();
    settled = true;
    run(false, history.state?.count);
  });
  addEventListener("pagehide", () => history.replaceState({ count: shown.count, y: scrollY }, ""));

  history.scrollRestoration = "manual";
  const before = history.state;
  fromAddress();
  part("file-note").hidden = !stick;
  // Where the facets stand above the results they make way for them.
  part("facets").open = wide.matches || !location.search;
  wide.addEventListener("change", () => (part("facets").open = wide.matches));
  if (!line.value) line.focus({ preventScroll: true });
  run(false, before?.count).then(() => before?.y && scrollTo(0, before.y));
})();
