/* What the map rests on and what it does not know. */
function drawAbout() {
  const day = dayWords(state.day), latest = data.articles.map((a) => a.published).filter(Boolean).sort().at(-1);
  const credits = Object.keys(data.base).length ? "Basemap: Natural Earth and the atlas's gazetteer." : "";
  const about = byId("about");
  about.querySelector("[data-quotes]")?.replaceChildren(quotesNote());
  if (about.childElementCount) { about.querySelector("[data-as-of]").textContent = asOf(day, latest); return; }
  about.replaceChildren(...[
    el("h2", {}, "About this map"),
    el("p", { "data-as-of": "" }, asOf(day, latest)),
    data.description ? el("p", { dir: "auto" }, data.description) : null,
    el("h3", {}, "What is not known"),
    el("p", {}, "What these reports do not tell is not on the map: an empty place or day is not a quiet one. Circles and dashed areas say "
      + "how exactly a thing is placed. What a report does not date is shown on the day of the report and says so."),
    data.articles.length ? el("h3", {}, "Sources") : null,
    data.articles.length ? el("ul", { class: "sources" }, data.articles.map((article) => el("li", { dir: "auto" },
      article.url ? link(article.url, article.title || article.id) : article.title || article.id,
      ` ${[article.source, article.published && dayNumber(article.published) !== null ? dayWords(dayNumber(article.published)) : ""].filter(Boolean).join(", ")}`))) : null,
    data.packed ? el("p", { "data-quotes": "" }, quotesNote()) : null,
    el("h3", {}, "Keys"),
    el("p", {}, "In the list the arrows up and down go from row to row, Enter opens one. With time: left and right step, with Shift to the next change; Home and End go to the first and last day, space plays. "
      + "On the map the arrows move it, plus and minus look closer and further. Escape closes."),
    el("h3", {}, "Map background"),
    el("label", { class: "switch" }, el("input", { type: "checkbox", id: "tiles", change: (event) => choose({ tiles: event.target.checked }) }),
      " OpenStreetMap (asks tile.openstreetmap.org for pictures)"),
    credits ? el("p", { class: "note" }, credits) : null].filter(Boolean));
  listeners.push(() => { byId("tiles").checked = state.tiles; });
}

/* A page with very many events holds the words of as many as it has room for. */
function quotesNote() {
  const held = table.quotes?.of.length ?? 0, all = data.packed.count;
  if (held === all) return `This page holds ${thousands(all)} events with the words that their reports use of them.`;
  const since = held ? ` with the words of those that begin from ${dayWords(table.from[table.quotes.first])} on` : " without their words";
  return `This page holds ${thousands(all)} events${since}. More would make it too large: the page of a single day has them, and so have the layers.`;
}

function asOf(day, latest) {
  if (data.first === null) return data.style.text.caution;
  return `As of ${day}${latest ? `, from reports published up to ${dayWords(dayNumber(latest))}` : ""}. ${data.style.text.caution}`;
}
