/*
 * What every page can do beyond being read. A page is whole without it.
 *
 *   /          puts the cursor into the search line
 *   file://    links to folders lead to the page in them, as a server would have it
 *   today      stands at the foot on paper, and in a citation of what grows
 */
"use strict";

(() => {
  const searchLine = document.querySelector("main input[type=search]") ?? document.querySelector("input[type=search]");

  if (searchLine && matchMedia("(hover: hover)").matches && searchLine.dataset.hint) {
    searchLine.placeholder = searchLine.dataset.hint;
  }

  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]");
    if (event.key !== "/" || typing || event.ctrlKey || event.metaKey || event.altKey || !searchLine) return;
    event.preventDefault();
    searchLine.focus();
    searchLine.select();
  });

  if (location.protocol === "file:") {
    const toPage = (address) => {
      const url = new URL(address, document.baseURI);
      if (url.protocol === "file:" && url.pathname.endsWith("/")) url.pathname += "index.html";
      return url.href;
    };
    const onFollow = (event) => {
      const link = event.target.closest("a[href]");
      if (link) link.href = toPage(link.href);
    };
    document.addEventListener("click", onFollow, true);
    document.addEventListener("auxclick", onFollow, true);
    document.addEventListener("submit", (event) => (event.target.action = toPage(event.target.action)), true);
  }

  const stamp = () => {
    const locale = document.body.lang === "en" ? "en-GB" : document.body.lang;
    const day = new Intl.DateTimeFormat(locale, { dateStyle: "long" }).format(new Date());
    for (const line of document.querySelectorAll("[data-printed]")) line.textContent = `${line.dataset.printed}: ${day}`;
  };
  stamp();
  addEventListener("beforeprint", stamp);
})();
