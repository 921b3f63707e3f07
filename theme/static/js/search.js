/*
 * The search page: keeps the line, the choices, the address and the results in step.
 */
"use strict";

(() => {
  const { dates, match, openIndex, openTitles, view, words: language } = globalThis.backfileSearch;
  /** Results shown at a time. */
  const PAGE = 10;
  /** Milliseconds without a key before a search begins, and of a search before the page says that it is busy. */
  const PAUSE = 120;
  const SLOW = 400;

  const region = document.querySelector("[data-search]");
  const root = new URL(region.dataset.root || "./", document.baseURI);
  const title = document.title;
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
  let shown = { engine: null, texts: [], hits: new Map(), count: 0 };
  /** So many texts must be found before older years are left alone. */
  let goal = PAGE;
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

  const fold = part("facets").querySelector("summary");
  const narrow = fold.textContent;

  /** What is chosen is seen where the facets are folded, too. */
  const tellChoices = () => {
    const labels = facets.labels();
    fold.textContent = labels.length ? `${narrow}: ${words.list(labels)}` : narrow;
  };

  /* ---- the answer ---- */

  /**
   * Answer what is asked, step by step into the past.
   * @param {boolean} push
   */
  const run = async (push, wanted = PAGE) => {
    clearTimeout(timer);
    keepAddress(push);
    tellChoices();
    document.title = line.value.trim() ? `${line.value.trim()} · ${title}` : title;
    const mine = ++runs;
    list.ariaBusy = "true";
    const slow = setTimeout(() => tell(words.say("find_loading")), SLOW);
    let isBegun = false;
    try {
      const archive = await opened;
      const terms = language.parse(line.value, archive.spell);
      const chosen = facets.chosen();
      const isIdle = !terms.length && !Object.values(chosen).some((values) => values.size);
      if (isIdle || !archive.shards.length) {
        if (mine === runs) rest(archive);
        return;
      }
      const enough = chosen.year.size ? Infinity : Math.max(goal, wanted);
      const when = await spanOf(archive);
      for await (const answer of match.search(archive, terms, chosen, newest.checked, enough, !when)) {
        const items = await render(answer.engine, answer.hits, answer.texts.slice(0, wanted));
        if (mine !== runs) return;
        clearTimeout(slow);
        put(answer, items);
        facets.count(match.facetCounts(answer.engine, answer.hits.keys(), chosen), silentYears(archive));
        reach(archive, answer.left);
        report(terms, answer, when);
        isBegun = true;
      }
    } catch (error) {
      if (mine === runs) fail(error, isBegun);
    } finally {
      clearTimeout(slow);
      if (mine === runs) list.ariaBusy = "false";
    }
  };

  /**
   * With nothing asked: how many articles there are.
   * @param {Archive} archive
   */
  const rest = (archive) => {
    const counts = Object.entries(archive.where).map(([facet, values]) => [
      facet,
      new Map([...values].map(([value, { count }]) => [value, count])),
    ]);
    facets.count(Object.fromEntries(counts));
    shown = { engine: null, texts: [], hits: new Map(), count: 0 };
    list.replaceChildren();
    region.classList.add("is-idle");
    more.hidden = true;
    part("reach").hidden = true;
    part("notes").replaceChildren();
    const n = archive.shards.reduce((sum, shard) => sum + shard.count, 0);
    tell(n ? words.say("find_start", { n }) : words.say("find_empty"));
  };

  /**
   * @param {Engine} engine
   * @param {Hits} hits
   * @param {string[][]} texts
   */
  const render = (engine, hits, texts) =>
    Promise.all(
      texts.map(async ([id, ...copies]) => {
        const item = view.result(await engine.show(id, hits.get(id).at), engine.articles.get(id), root, words);
        const articles = copies.map((copy) => engine.articles.get(copy));
        const load = () => Promise.all(copies.map((copy) => engine.show(copy, hits.get(copy).at)));
        if (copies.length) item.append(view.copies(articles, load, root, words));
        return item;
      }),
    );

  /**
   * Put results in the place of others; who stands on one of them stays on it.
   * @param {Answer} answer
   * @param {HTMLElement[]} items
   */
  const put = ({ engine, texts, hits }, items) => {
    shown = { engine, texts, hits, count: items.length };
    region.classList.remove("is-idle");
    more.hidden = texts.length <= items.length;
    const at = standing();
    list.replaceChildren(...items);
    stand(at);
  };

  /** The address of the result that has the focus. */
  const standing = () => (list.contains(document.activeElement) ? document.activeElement.href : "");

  /** @param {string} at  the address of the result that gets the focus, "" for none */
  const stand = (at) => {
    if (at) [...list.querySelectorAll("a")].find((link) => link.href === at)?.focus();
  };

  const showMore = async () => {
    const mine = runs;
    const items = await render(shown.engine, shown.hits, shown.texts.slice(shown.count, shown.count + PAGE));
    if (mine !== runs) return;
    list.append(...items);
    shown.count += items.length;
    more.hidden = shown.texts.length <= shown.count;
    items[0]?.querySelector("a").focus();
    keepPlace();
  };

  /** What Back needs to show the same again. */
  const keepPlace = () => history.replaceState({ count: shown.count, goal, y: scrollY, at: standing() }, "");

  /* ---- what the page says ---- */

  /** @param {string} text */
  const tell = (text) => {
    const status = part("status");
    if (status.textContent !== text) status.textContent = text;
  };

  /**
   * The years of which some has not been searched.
   * @param {Archive} archive
   */
  const silentYears = ({ shards, isOpen }) => new Set(shards.filter((shard) => !isOpen(shard)).map(({ year }) => year));

  /**
   * Say which months have been searched, while there are others; a shard without a chance counts as searched.
   * @param {Archive} archive
   * @param {Shard[]} left
   */
  const reach = (archive, left) => {
    const place = part("reach");
    const wasDeep = !place.hidden;
    const spans = match.spans(archive.shards, (shard) => !left.includes(shard)).map((span) => words.months(...span));
    const text = left.length ? words.say("find_reach", { spans: words.list(spans) }) : words.say("find_reach_all");
    // That all has been searched is worth saying only to who was told otherwise.
    place.hidden = !left.length && !wasDeep;
    if (part("span").textContent !== text) part("span").textContent = text;
    if (!left.length && document.activeElement === part("older")) place.focus();
    part("older").hidden = !left.length;
  };

  /**
   * The day, month or year that the line asks for, if it has a page; else "".
   * @param {Archive} archive
   */
  const spanOf = async ({ shards, open }) => {
    const when = dates.read(line.value);
    if (!when || shards.some(({ first, last }) => first.startsWith(when) || last.startsWith(when))) return when;
    const around = shards.filter(({ first, last }) => first < when && when < last);
    if (!around.length) return "";
    const { articles } = await open(around);
    return [...articles.values()].some(({ date }) => date.startsWith(when)) ? when : "";
  };

  /** @param {string} when  as spanOf returns it */
  const linkTo = (when) => {
    const href = new URL(`${when.replaceAll("-", "/")}/`, root).href;
    return view.element("a", { href }, words.say("find_day", { day: words.day(when) }));
  };

  /**
   * Say how many articles there are, and what was made of the question.
   * @param {Term[]} terms
   * @param {Answer} answer
   * @param {string} when  what spanOf returned
   */
  const report = (terms, { hits, ids, texts, some, unknown }, when) => {
    const notes = when ? [[linkTo(when)]] : [];
    const found = [words.say(some ? "find_some" : "find_found", { n: ids.length, some })];
    if (texts.length < ids.length) found.push(words.say("find_texts", { n: texts.length }));
    if (ids.length) tell(found.join(" · "));
    else if (hits.size) tell(words.say("find_none_chosen"));
    else tell(words.say(when ? "find_none_date" : "find_none"));
    const spellings = terms.filter((term) => term.spellings.length);
    for (const term of spellings) {
      notes.push([words.say("find_spellings", { word: term.text, spellings: words.list(term.spellings) })]);
    }
    if (unknown.length) {
      const quoted = unknown.map((term) => words.say("quoted", { text: term.text }));
      notes.push([words.say("find_unknown", { words: words.list(quoted) })]);
    }
    const known = terms.filter((term) => !unknown.includes(term));
    if (!hits.size && !when && unknown.length && known.length) notes.push([retry(known.map((term) => term.text).join(" "))]);
    if (!ids.length && hits.size) notes.push([button("find_clear", () => facets.choose({}))]);
    if (!hits.size && !when) notes.push([words.say("find_hint")]);
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

  /**
   * @param {unknown} error
   * @param {boolean} isBegun  whether there are answers from some years, which stay
   */
  const fail = (error, isBegun) => {
    console.error(error);
    if (isBegun) {
      part("notes").append(view.element("p", {}, words.say("find_failed_older")));
      return;
    }
    list.replaceChildren();
    more.hidden = true;
    part("reach").hidden = true;
    part("notes").replaceChildren();
    tell(words.say(stick ? "find_failed_file" : "find_failed"));
  };

  /* ---- the keyboard ---- */

  /** @param {number} step */
  const move = (step) => {
    const links = [...list.querySelectorAll("h3 a")];
    const at = links.findIndex((link) => link.closest("li").contains(document.activeElement));
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
    goal = PAGE;
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
  part("older").addEventListener("click", () => {
    goal = shown.texts.length + PAGE;
    run(false, Math.max(PAGE, shown.count));
  });
  addEventListener("popstate", () => {
    fromAddress();
    settled = true;
    goal = history.state?.goal ?? PAGE;
    run(false, history.state?.count);
  });
  addEventListener("pagehide", keepPlace);

  history.scrollRestoration = "manual";
  const before = history.state;
  goal = before?.goal ?? PAGE;
  fromAddress();
  part("file-note").hidden = !stick;
  // Where the facets stand above the results they make way for them.
  part("facets").open = wide.matches || !location.search;
  wide.addEventListener("change", () => (part("facets").open = wide.matches));
  if (!line.value) line.focus({ preventScroll: true });
  run(false, before?.count).then(() => {
    if (before?.y) scrollTo(0, before.y);
    stand(before?.at);
  });
})();
