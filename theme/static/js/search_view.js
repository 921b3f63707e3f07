/*
 * What the search page shows: turns lists of values into checkboxes, and matches into results. Knows no index.
 * Words come from the page (data-words), so that none stands here.
 */
"use strict";

(() => {
  /** Values of a facet that are shown at once; the rest unfolds. */
  const FOLD = 8;
  /** So many outlets of a text's copies are named before the copies unfold; more are counted only. */
  const OUTLETS = 3;

  /**
   * @param {string} name
   * @param {Record<string, string>} attributes
   * @param {...(Node | string)} children
   */
  const element = (name, attributes = {}, ...children) => {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    made.append(...children);
    return made;
  };

  /** @param {Part[]} parts */
  const marked = (parts) => parts.map(({ text, mark }) => (mark ? element("mark", {}, text) : text));

  /**
   * Say messages in the page's language. A message with plural forms takes n.
   * @param {Record<string, string | Record<string, string>>} messages
   * @param {string} lang
   */
  const speaker = (messages, lang) => {
    const locale = lang === "en" ? "en-GB" : lang;
    const plural = new Intl.PluralRules(locale);
    const number = new Intl.NumberFormat(locale);
    const list = new Intl.ListFormat(locale, { type: "conjunction" });
    const date = new Intl.DateTimeFormat(locale, { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
    const month = new Intl.DateTimeFormat(locale, { month: "long", year: "numeric", timeZone: "UTC" });
    /** @param {string} iso */
    const midnight = (iso) => new Date(`${iso}T00:00Z`);
    return {
      /**
       * @param {string} key
       * @param {Record<string, string | number>} [values]
       */
      say(key, values = {}) {
        const message = messages[key];
        const plain = typeof message === "string";
        const form = plain ? message : (message[plural.select(Number(values.n))] ?? message.other);
        return form.replace(/\{(\w+)\}/g, (_, name) =>
          typeof values[name] === "number" ? number.format(values[name]) : values[name],
        );
      },
      number: (n) => number.format(n),
      list: (items) => list.format(items),
      /** @param {string} iso  a day, or a month or year alone */
      day(iso) {
        if (iso.length === "2025".length) return iso;
        const parts = (iso.length === "2025-03".length ? month : date).formatToParts(new Date(iso));
        return parts.filter(({ type }) => type !== "literal").map(({ value }) => value).join(" ");
      },
      /**
       * @param {string} first  a day, as ISO has it
       * @param {string} last
       */
      months: (first, last) => month.formatRange(midnight(first), midnight(last)),
    };
  };

  /**
   * Turn the lists of links that readers without scripts have into groups of checkboxes.
   * @param {HTMLElement} region
   * @param {ReturnType<typeof speaker>} words
   * @param {() => void} changed
   */
  const facets = (region, words, changed) => {
    const groups = [...region.querySelectorAll("[data-facet]")].map((group) => {
      const name = group.dataset.facet;
      const items = [...group.querySelectorAll("li")].map((item, i) => {
        const count = item.querySelector(".count");
        count.id = `count-${name}-${i}`;
        const described = { "aria-describedby": count.id };
        const box = element("input", { type: "checkbox", name, value: item.dataset.value, ...described });
        const { lang, textContent: said } = item.querySelector("[data-name]");
        const label = element("span", lang ? { dir: "auto", lang } : { dir: "auto" }, said);
        item.replaceChildren(element("label", {}, box, label), count);
        box.addEventListener("change", changed);
        return { item, box, count, label };
      });
      group.setAttribute("role", "group");
      group.setAttribute("aria-labelledby", group.querySelector("h3").id);
      let folded = items.length > FOLD + 1;
      const more = element("button", { type: "button", class: "search-unfold" });
      more.append(words.say("find_all_values", { n: items.length }));
      const fold = () => {
        items.forEach(({ item, box }, i) => (item.hidden = folded && i >= FOLD && !box.checked));
        more.hidden = !folded;
      };
      more.addEventListener("click", () => {
        folded = false;
        fold();
        items[FOLD].box.focus();
      });
      group.append(more);
      fold();
      return { name, items, fold };
    });
    return {
      /** @returns {Record<string, Set<string>>} */
      chosen: () =>
        Object.fromEntries(
          groups.map(({ name, items }) => {
            const checked = items.filter(({ box }) => box.checked);
            return [name, new Set(checked.map(({ box }) => box.value))];
          }),
        ),
      /** @returns {string[]}  what the chosen values are called */
      labels: () =>
        groups.flatMap(({ items }) => items.filter(({ box }) => box.checked).map(({ label }) => label.textContent)),
      /** @param {Record<string, Set<string>>} values */
      choose(values) {
        for (const { name, items, fold } of groups) {
          for (const { box } of items) box.checked = values[name]?.has(box.value) ?? false;
          fold();
        }
      },
      /**
       * @param {Record<string, Map<string, number>>} counts
       * @param {Set<string>} [unknown]  years that have not been searched: nothing is said of them
       */
      count(counts, unknown = new Set()) {
        for (const { name, items } of groups) {
          for (const { item, box, count } of items) {
            const n = counts[name].get(box.value) ?? 0;
            const silent = name === "year" && unknown.has(box.value);
            count.textContent = silent ? "" : words.number(n);
            item.classList.toggle("is-empty", n === 0 && !silent);
          }
        }
      },
    };
  };

  /** @param {Article} article */
  const languageOf = ({ lang }) => (lang[0] ? { lang: lang[0], dir: "auto" } : { dir: "auto" });

  /**
   * @param {Shown} shown
   * @param {Article} article
   * @param {URL} root
   */
  const headline = (shown, article, root) => {
    const link = { class: "headline", href: new URL(shown.address, root).href, ...languageOf(article) };
    return element("a", link, ...marked(shown.title));
  };

  /**
   * @param {Article} article
   * @param {ReturnType<typeof speaker>} words
   */
  const byline = (article, words) => {
    const kinds = article.kind.filter((kind) => kind !== "article");
    const facts = [
      ...article.source.map((source) => element("span", { class: "byline-outlet", dir: "auto" }, source)),
      element("time", { datetime: article.date }, words.day(article.date)),
      ...kinds.map((kind) => element("span", {}, words.say(`kind_${kind}`))),
    ];
    return element("p", { class: "byline" }, ...facts.flatMap((fact) => [fact, " "]));
  };

  /**
   * @param {Shown} shown
   * @param {Article} article
   * @param {URL} root
   * @param {ReturnType<typeof speaker>} words
   */
  const result = (shown, article, root, words) =>
    element(
      "li",
      { class: "search-result" },
      element("h3", {}, headline(shown, article, root)),
      byline(article, words),
      element("p", { class: "search-excerpt", ...languageOf(article) }, ...marked(shown.excerpt)),
    );

  /**
   * The copies of a text below it: where they stood is said at once, links to them are loaded when they unfold.
   * @param {Article[]} articles
   * @param {() => Promise<Shown[]>} load
   * @param {URL} root
   * @param {ReturnType<typeof speaker>} words
   */
  const copies = (articles, load, root, words) => {
    const outlets = [...new Set(articles.flatMap(({ source }) => source))];
    const named = outlets.length > OUTLETS ? [] : outlets;
    const counted = words.say("find_copies", { n: articles.length });
    const fold = element("details", { class: "fold" }, element("summary", {}, [counted, ...named].join(" · ")));
    const open = async () => {
      const items = (await load()).map((shown, i) =>
        element("li", {}, element("p", {}, headline(shown, articles[i], root)), byline(articles[i], words)),
      );
      fold.append(element("ul", { class: "search-copies" }, ...items));
    };
    fold.addEventListener("toggle", () => open().catch(console.error), { once: true });
    return fold;
  };

  globalThis.backfileSearch = { ...globalThis.backfileSearch, view: { copies, element, facets, result, speaker } };
})();
