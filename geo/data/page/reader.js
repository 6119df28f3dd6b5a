/* The reading panel: an article in place of the list, with the quoted sentence lit up and the other quoted ones marked. */
let readBefore = null; /* what had the focus before the panel opened */

function openReader(told, article) {
  readBefore = document.activeElement;
  reading = { start: told.quote_start, end: told.quote_end };
  choose({ read: article.id });
  if (matchMedia("(max-width: 820px)").matches) toggleSheet(true);
  byId("reader").querySelector("h2")?.focus({ preventScroll: true });
}

let reading = null; /* the part that was asked for; else the selected event's */

function closeReader() {
  reading = null;
  choose({ read: "" });
  if (readBefore?.isConnected) readBefore.focus();
}

/* Where the text is cut: at each end of each quote. Offsets count code points. */
function passages(article) {
  const letters = Array.from(article.text), quotes = quotesOf(article), cuts = new Set([0, letters.length]);
  const lit = reading ?? quotes.find((quote) => quote.feature.id === state.selected);
  for (const { start, end } of lit ? [...quotes, lit] : quotes) { cuts.add(start); cuts.add(end); }
  const sorted = [...cuts].filter((cut) => cut >= 0 && cut <= letters.length).sort((a, b) => a - b);
  const parts = [];
  sorted.slice(1).forEach((end, k) => {
    const start = sorted[k], holds = (quote) => quote.start <= start && end <= quote.end, last = parts.at(-1);
    const part = { text: letters.slice(start, end).join(""), lit: Boolean(lit && holds(lit)), quote: quotes.find(holds) };
    if (last?.lit && part.lit) last.text += part.text; else parts.push(part);
  });
  return parts;
}

/* What the article is quoted for, events before others. */
function quotesOf(article) {
  const quotes = [];
  for (const feature of data.features) {
    if (feature.layer === "places" || (feature.layer === "areas" && feature.type !== "siege")) continue;
    for (const told of [feature, ...(feature.reports ?? [])]) {
      if (told.article === article.id && Number.isInteger(told.quote_start) && told.quote_end > told.quote_start) quotes.push({ feature, start: told.quote_start, end: told.quote_end });
    }
  }
  return quotes.sort((a, b) => (a.feature.layer !== "events") - (b.feature.layer !== "events") || a.start - b.start || a.end - b.end);
}

function drawReader() {
  const article = data.articleById.get(state.read), panel = byId("reader");
  document.body.classList.toggle("reading", Boolean(article));
  if (!article) { panel.replaceChildren(); panel.shows = ""; return; }
  const shows = JSON.stringify([article.id, state.selected, reading]);
  if (panel.shows === shows) return;
  panel.shows = shows;
  const day = dayNumber(article.published), facts = [article.source, day === null ? "" : `published ${dayWords(day)}`].filter(Boolean).join(", ");
  panel.replaceChildren(el("button", { type: "button", class: "quiet back", id: "close-reader", click: closeReader }, "‹ Back to the list"),
    el("h2", { tabindex: -1, dir: "auto" }, article.title || article.id), el("p", { class: "source", dir: "auto" }, facts, article.url ? el("span", {}, " · ", link(article.url, "at the source")) : null),
    el("div", { class: "article", dir: "auto", tabindex: 0, role: "region", "aria-label": "The report" }, passages(article).map(passage)));
  panel.querySelector("mark")?.scrollIntoView({ block: "center" });
}

/* A part of the text: lit up, or quoted for another feature that a click shows, or plain. */
function passage({ text, lit, quote }) {
  if (lit) return el("mark", {}, text);
  if (!quote) return text;
  const show = () => { reading = null; select(scenes[0], quote.feature); };
  return el("span", { class: "quoted", role: "button", tabindex: 0, title: title(quote.feature), click: show,
    keydown: (event) => { if (event.key === "Enter") show(); } }, text);
}
