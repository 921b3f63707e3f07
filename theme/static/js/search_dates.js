/*
 * Whether a query is a day, a month or a year: 2025-03-14, 14.03.2025, 14 March 2025, March 14, 2025, березень 2025.
 * Pure. Months are known in English, Ukrainian and Russian, whole or by three letters and more.
 */
"use strict";

(() => {
  const NUMBERS = /^(\d{4})(?:[-./](\d{1,2})(?:[-./](\d{1,2}))?)?$/;
  const DAY_FIRST = /^(\d{1,2})[-./](\d{1,2})[-./](\d{4})$/;
  const MONTH = /^(?:(\d{1,2})\s+)?(\p{L}{3,})\.?,?\s+(\d{4})(?:\s*(?:року|года|[рг]\.?))?$/u;
  const MONTH_FIRST = /^(\p{L}{3,})\.?\s+(\d{1,2}),?\s+(\d{4})$/u;

  /** The months' names as they stand alone and after a day, each with its number. */
  const MONTHS = ["en", "uk", "ru"].flatMap((lang) =>
    [{ month: "long" }, { day: "numeric", month: "long" }].flatMap((form) => {
      const format = new Intl.DateTimeFormat(lang, { ...form, timeZone: "UTC" });
      return Array.from({ length: 12 }, (_, i) => {
        const { value } = format.formatToParts(Date.UTC(2025, i)).find((part) => part.type === "month");
        return [value.toLowerCase(), i + 1];
      });
    }),
  );

  /** @param {string} name */
  const monthOf = (name) => MONTHS.find(([month]) => month.startsWith(name.toLowerCase()))?.[1];

  /**
   * Read a query as a span of time; "" when it is none.
   * @param {string} query
   * @returns {string}  2025-03-14, 2025-03 or 2025
   */
  const read = (query) => {
    const text = query.trim();
    const found = [
      [NUMBERS.exec(text), (year, month, day) => [year, month, day]],
      [DAY_FIRST.exec(text), (day, month, year) => [year, month, day]],
      [MONTH.exec(text), (day, name, year) => [year, monthOf(name) ?? NaN, day]],
      [MONTH_FIRST.exec(text), (name, day, year) => [year, monthOf(name) ?? NaN, day]],
    ].find(([match]) => match);
    if (!found) return "";
    const [[, ...parts], order] = found;
    const [year, ...rest] = order(...parts).filter((part) => part !== undefined).map(Number);
    const limits = [12, new Date(year, rest[0], 0).getDate()];
    if (!rest.every((part, i) => part >= 1 && part <= limits[i])) return "";
    return [year, ...rest.map((part) => String(part).padStart(2, "0"))].join("-");
  };

  globalThis.backfileSearch = { ...globalThis.backfileSearch, dates: { read } };
})();
