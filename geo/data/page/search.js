/* Search over places, events and quotes of all days; accents, case and Arabic vowel signs do not matter. */
const FOUND_AT_MOST = 60;
let haystacks = null, typing = null; /* a timer while somebody types */

function folded(text) {
  return String(text ?? "").normalize("NFKD").replace(/[\u0300-\u036f\u064b-\u065f\u0670\u0640]/g, "").replace(/[أإآٱ]/g, "ا").replace(/ى/g, "ي").replace(/ة/g, "ه").replace(/[’‘`]/g, "'").toLowerCase();
}

/* What is searched: of places their names, of events their words, of packed events what their columns tell. */
function hay() {
  haystacks ??= {
    places: data.placeList.map((f) => [f, folded([f.name, f.name_ar, ...(Array.isArray(f.aliases) ? f.aliases : [])].join("\n"))]),
    others: data.others.filter((f) => f.layer !== "areas" || f.type === "siege").map((f) => [f, folded(`${title(f)}\n${f.quote ?? ""}`)]),
    events: (table.records ?? table.more).map((f) => [f, folded([title(f), f.place, f.attribution, f.source, ...(Array.isArray(f.actors) ? f.actors.map((a) => a?.name) : []),
      data.places.get(f.place_id)?.name_ar].join("\n")), folded([f.quote, ...(f.reports ?? []).map((r) => r.quote)].join("\n"))]),
    articles: data.articles.filter((a) => a.text).map((a) => [a, folded(`${a.title}\n${a.source}\n${a.text}`)]),
  };
  return haystacks;
}

function find(text) {
  const parts = folded(text).split(/\s+/).filter(Boolean), all = (...texts) => parts.every((part) => texts.some((t) => t.includes(part)));
  const { places, others, events, articles } = hay();
  const found = { places: places.filter(([, names]) => all(names)).map(([f]) => f), events: events.filter(([, told, quote]) => all(told, quote)).map(([f]) => f),
    others: others.filter(([, told]) => all(told)).map(([f]) => f), articles: articles.filter(([, text]) => all(text)).map(([a]) => a), count: 0 };
  found.count = found.events.length;
  if (data.packed) findPacked(parts, found);
  return found;
}

/* By type, place, side and source, each value looked at once. */
function findPacked(parts, found) {
  const names = ["type", "place", "side", "source"], texts = names.map((name) => table[name].values.map((value) => folded(name === "type" ? typeStyle(value).label : value)));
  const { first = Infinity, of = [] } = table.quotes ?? {}, quotes = table.quotes ? (table.quotes.folded ??= table.quotes.texts.map(folded)) : [];
  const said = parts.map((part) => Uint8Array.from(quotes, (quote) => Number(quote.includes(part))));
  const hits = parts.map((part) => texts.map((values) => Uint8Array.from(values, (value) => Number(value.includes(part)))));
  const codes = names.map((name) => table[name].codes), seen = new Set();
  for (let i = data.packed.count - 1; i >= 0; i--) {
    if (!hits.every((columns, n) => columns.some((column, k) => column[codes[k][i]]) || (i >= first && said[n][of[i - first]]))) continue;
    found.count += 1;
    if (found.events.length < FOUND_AT_MOST) found.events.push(eventAt(i));
    const place = codes[1][i];
    if (seen.size < FOUND_AT_MOST && !seen.has(place) && hits.every((columns) => columns[1][place])) {
      seen.add(place);
      found.places.push({ layer: "places", name: table.place.values[place], geometry: eventAt(i).geometry });
    }
  }
}

function startSearch() {
  byId("search").addEventListener("input", (event) => {
    clearTimeout(typing);
    typing = setTimeout(() => { typing = null; choose({ search: event.target.value.slice(0, 200) }); }, table.count > 20000 ? 200 : 40);
  });
  byId("search").addEventListener("keydown", (event) => {
    if (event.key === "Escape") { clearTimeout(typing); typing = null; choose({ search: "" }); event.stopPropagation(); }
    if (event.key === "Enter" || event.key === "ArrowDown") { byId("results").querySelector("button[data-found]")?.focus(); event.preventDefault(); }
  });
  byId("results").addEventListener("keydown", moveInList);
  byId("search").form?.addEventListener("submit", (event) => event.preventDefault());
}

function drawSearch() {
  const box = byId("search"), panel = byId("results"), text = state.search.trim();
  if (typing === null && (document.activeElement !== box || !state.search)) box.value = state.search;
  document.body.classList.toggle("searching", Boolean(text));
  panel.hidden = !text;
  if (!text) { panel.replaceChildren(); panel.shows = ""; return; }
  const shows = JSON.stringify([text, state.selected, state.labels, Boolean(table.quotes)]);
  if (panel.shows === shows) return;
  panel.shows = shows;
  const found = find(text), scene = scenes[0];
  const more = (list, count = list.length) => (count > FOUND_AT_MOST ? el("p", { class: "note" }, `and ${thousands(count - FOUND_AT_MOST)} more: type another word`) : null);
  const group = (name, heading, list, item, count) => (list.length ? el("section", { "data-found-in": name }, el("h2", {}, el("span", {}, heading), el("span", { class: "count" }, thousands(count ?? list.length))),
    el("ul", {}, list.slice(0, FOUND_AT_MOST).map((one) => el("li", {}, item(one)))), more(list, count)) : null);
  const button = (name, facts, click, mark) => el("button", { type: "button", "data-found": "", click }, mark, el("span", { class: "item" }, el("span", { class: "item-title", dir: "auto" }, name), el("span", { class: "item-facts", dir: "auto" }, facts)));
  const total = found.places.length + found.count + found.others.length;
  panel.replaceChildren(...[
    el("p", { class: "note", role: "status" }, total || found.articles.length ? `${plural(found.places.length, "place", "places")}, ${plural(found.count, "event", "events")}, ${plural(found.articles.length, "report", "reports")}` : "Nothing of that name, in no event and in no quote."),
    group("places", "Places", found.places, (f) => button(el("span", {}, nameParts(f.name, f.name_ar)), f.kind ? words(f.kind) : "", () => goToPlace(scene, f))),
    group("events", "Events", found.events, (f) => button(listTitle(f), [f.when, snippet(f.quote, text)].filter(Boolean).join(" · "), () => goToEvent(scene, f), swatch(f)), found.count),
    group("others", "Routes, sieges and the like", found.others, (f) => button(title(f), [f.when, snippet(f.quote, text)].filter(Boolean).join(" · "), () => goToEvent(scene, f), swatch(f))),
    group("articles", "Reports", found.articles, (a) => button(a.title || a.id, [a.source, snippet(a.text, text)].filter(Boolean).join(" · "), () => openReader({}, a))),
  ].filter(Boolean));
}

/* The words around the first one that was found. */
function snippet(quote, text) {
  if (!quote) return "";
  const at = folded(text).split(/\s+/).map((part) => quote.toLowerCase().indexOf(part)).filter((place) => place >= 0)[0];
  if (at === undefined) return quote.length > 90 ? `“${quote.slice(0, 88)}…”` : `“${quote}”`;
  const from = Math.max(0, quote.lastIndexOf(" ", Math.max(0, at - 40)) + 1), to = Math.min(quote.length, at + 60);
  return `“${from ? "…" : ""}${quote.slice(from, to)}${to < quote.length ? "…" : ""}”`;
}

function goToPlace(scene, place) {
  if (!place.geometry) return;
  const [lon, lat] = place.geometry.coordinates;
  scene.map.setView([lat, lon], Math.max(scene.map.getZoom(), 12), { animate: false });
  keepView(scene.map);
  if (place.id) openDetail(scene, place, L.latLng(lat, lon));
  toggleSheet(false);
}

/* An event of any day: the day goes to it. */
function goToEvent(scene, feature) {
  if (age(feature, state.day) === null && !data.fixed) choose({ day: Math.max(feature.from, Math.min(state.day, feature.to)) });
  select(scene, feature);
}
