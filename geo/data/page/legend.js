/* The legend: only what the map shows on this day. */
function legendGroup(heading, items) {
  return items.length ? el("section", {}, el("h3", {}, heading),
    el("ul", {}, items.map(([mark, text]) => el("li", {}, mark, el("span", {}, text))))) : null;
}

function distinct(values) {
  return [...new Set(values.filter(Boolean))];
}

function inOrder(values, table) {
  const order = Object.keys(table || {});
  return distinct(values).sort((a, b) => ((order.indexOf(a) + 1) || 99) - ((order.indexOf(b) + 1) || 99));
}

function drawLegend(shown) {
  const events = shown.filter((f) => f.layer === "events"), routes = shown.filter((f) => f.layer === "routes");
  const areas = shown.filter((f) => f.layer === "areas"), flows = shown.filter((f) => f.layer === "flows");
  const sides = inOrder([...events.map(sideOf), ...routes.map((f) => f.holder || "other"),
    ...shown.filter((f) => f.layer === "control").map((f) => f.side || f.holder)], data.style.sides);
  const first = (list, test) => STYLES[list[0].layer](list.find(test));
  byId("legend-body").replaceChildren(...[
    legendGroup("Event", inOrder(events.map((f) => f.type), data.style.types).map((type) => [symbol(type, NEUTRAL, "happened", 20), typeStyle(type).label])),
    legendGroup("By or held by", sides.map((side) => [dot(sideStyle(side).color), sideStyle(side).label])),
    legendGroup("Status", inOrder(events.map((f) => f.modality), data.style.modalities)
      .map((modality) => [symbol("other", NEUTRAL, modality, 20), modalityStyle(modality).label])),
    legendGroup("Route", inOrder(routes.map((f) => f.state), data.style.states).map((state_) => [
      lineSwatch({ ...first(routes, (f) => f.state === state_), color: "var(--map-ink)" }, false, stateStyle(state_).mark), stateStyle(state_).label])),
    legendGroup("Area", inOrder(areas.map((f) => f.type), data.style.areas).map((type) => [
      lineSwatch(first(areas, (f) => f.type === type), true), entry(data.style.areas, type, {}).label || words(type)])),
    legendGroup("Movement", inOrder(flows.map((f) => f.type), data.style.flows).map((type) => [
      lineSwatch(first(flows, (f) => f.type === type), false), entry(data.style.flows, type, {}).label || words(type)])),
    events.some((f) => age(f, state.day) > 0) ? el("p", { class: "note" }, `Pale: past, at most ${state.recent} days ago`) : null,
  ].filter(Boolean));
  byId("legend").hidden = !byId("legend-body").childElementCount;
}

function dot(color) {
  return svg("svg", { viewBox: "0 0 20 20", width: 20, height: 20, "aria-hidden": "true", class: "symbol" },
    svg("circle", { cx: 10, cy: 10, r: 6.5, fill: color }));
}

/* What the map rests on and what it does not know. */
function drawAbout() {
  const day = dayWords(state.day), latest = data.articles.map((a) => a.published).filter(Boolean).sort().at(-1);
  const credits = Object.keys(data.base).length ? "Basemap: Natural Earth and the atlas's gazetteer." : "";
  byId("about").replaceChildren(...[
    el("h2", {}, "About this map"),
    el("p", {}, `As of ${day}${latest ? `, from reports published up to ${dayWords(dayNumber(latest))}` : ""}. ${data.style.text.caution}`),
    data.description ? el("p", { dir: "auto" }, data.description) : null,
    el("h3", {}, "What is not known"),
    el("p", {}, "What these reports do not tell is not on the map: an empty place or day is not a quiet one. Circles and dashed areas say "
      + "how exactly a thing is placed. What a report does not date is shown on the day of the report and says so."),
    data.articles.length ? el("h3", {}, "Sources") : null,
    data.articles.length ? el("ul", { class: "sources" }, data.articles.map((article) => el("li", { dir: "auto" },
      article.url ? link(article.url, article.title || article.id) : article.title || article.id,
      ` ${[article.source, article.published && dayNumber(article.published) !== null ? dayWords(dayNumber(article.published)) : ""].filter(Boolean).join(", ")}`))) : null,
    el("h3", {}, "Map background"),
    el("label", { class: "switch" }, el("input", { type: "checkbox", id: "tiles", change: (event) => choose({ tiles: event.target.checked }) }),
      " OpenStreetMap (asks tile.openstreetmap.org for pictures)"),
    credits ? el("p", { class: "note" }, credits) : null].filter(Boolean));
  byId("tiles").checked = state.tiles;
}
