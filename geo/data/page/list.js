/* The list beside the map: everything that shows on the day, in step with the map, by keyboard as well as by pointer. */
const SECTIONS = [
  ["events", "Events", (f) => f.layer === "events" && !isUnreal(f)],
  ["unreal", "Proposed, planned, threatened or denied", (f) => f.layer === "events" && isUnreal(f)],
  ["routes", "Routes", (f) => f.layer === "routes"],
  ["areas", "Sieges and areas", (f) => f.layer === "areas" && f.type === "siege"],
  ["flows", "Movements", (f) => f.layer === "flows"],
  ["control", "Control", (f) => f.layer === "control"],
];

function swatch(feature) {
  if (feature.layer === "events") return symbol(feature.type, sideColor(feature), feature.modality, 22);
  const style = STYLES[feature.layer](feature);
  return lineSwatch(style, feature.layer === "areas" || feature.layer === "control");
}

/* A short piece of a line, or a small area, as the map draws it. */
function lineSwatch(style, area, mark) {
  const shape = area ? svg("rect", { x: 2, y: 4, width: 22, height: 14, fill: style.fillColor, "fill-opacity": style.fillOpacity })
    : svg("path", { d: "M2 11 L24 11", fill: "none" });
  fill(shape, { stroke: style.color, "stroke-width": Math.min(style.weight ?? 1, 4.5), "stroke-dasharray": style.dashArray, class: area ? "area" : "" }, []);
  const cross = mark ? svg("path", { d: "M9 7 L17 15 M17 7 L9 15", stroke: style.color, "stroke-width": 2.2, fill: "none" }) : null;
  return svg("svg", { viewBox: "0 0 26 22", width: 26, height: 22, "aria-hidden": "true", class: "symbol swatch" }, shape, cross);
}

function listItem(map, feature) {
  const past = age(feature, state.day);
  const facts = [timeShort(feature, past), feature.near, feature.sources > 1 ? `${feature.sources} sources` : "",
    feature.contested?.length ? "contested" : ""].filter(Boolean).join(" · ");
  return el("li", { class: past > 0 ? "faded" : "" },
    el("button", { type: "button", "data-id": feature.id, "aria-pressed": String(feature.id === state.selected),
      click: () => select(map, feature) },
      swatch(feature),
      el("span", { class: "item" }, el("span", { class: "item-title", dir: "auto" }, title(feature)),
        el("span", { class: "item-facts", dir: "auto" }, facts))));
}

function timeShort(feature, past) {
  const when = feature.undated ? "date not reported" : feature.when;
  return past > 0 ? `${when} · ${plural(past, "day", "days")} before` : when;
}

/* What is of the day, dated before undated, then what has passed; newest first. */
function byTime(a, b) {
  return age(a, state.day) - age(b, state.day) || Boolean(a.undated) - Boolean(b.undated) || b.from - a.from || a.key - b.key;
}

function drawList(map, shown) {
  const parts = [];
  for (const [name, heading, belongs] of SECTIONS) {
    const features = shown.filter(belongs).sort(byTime);
    if (!features.length) continue;
    parts.push(el("section", { "data-section": name }, el("h2", {}, el("span", {}, heading), el("span", { class: "count" }, features.length)),
      el("ul", {}, features.map((feature) => listItem(map, feature)))));
  }
  if (!shown.some((f) => f.layer === "events")) parts.unshift(emptyNote());
  const focused = document.activeElement?.closest?.("#list [data-id]")?.dataset.id;
  byId("list").replaceChildren(...parts);
  if (focused) byId("list").querySelector(`[data-id="${CSS.escape(focused)}"]`)?.focus();
  drawSheet(shown);
}

function emptyNote() {
  const span = state.recent === 1 ? "on this day" : `in the ${state.recent} days to this day`;
  const next = data.changeDays.find((day) => day > state.day), before = data.changeDays.findLast((day) => day < state.day);
  const jump = (day, text) => (day === undefined ? null
    : el("button", { type: "button", class: "quiet", click: () => choose({ day, selected: "" }) }, `${text}: ${dayWords(day)}`));
  return el("div", { class: "empty" }, el("p", {}, `The reports of this atlas tell of no event ${span}. That does not mean that nothing happened.`),
    jump(before, "Earlier"), jump(next, "Later"));
}

/* On a phone the list is a sheet at the bottom; its handle counts what is in it. */
function drawSheet(shown) {
  const events = shown.filter((f) => f.layer === "events" && !isUnreal(f)).length;
  const unreal = shown.filter((f) => f.layer === "events" && isUnreal(f)).length;
  const counts = [plural(events, "event", "events"), unreal ? plural(unreal, "proposal or plan", "proposals or plans") : ""];
  byId("sheet").replaceChildren(el("span", {}, counts.filter(Boolean).join(", ")), el("span", { class: "chevron", "aria-hidden": "true" }));
}

function startSheet(map) {
  const toggle = (open) => {
    document.body.classList.toggle("sheet-open", open);
    byId("sheet").setAttribute("aria-expanded", String(open));
    map.invalidateSize({ animate: false });
  };
  byId("sheet").addEventListener("click", () => toggle(!document.body.classList.contains("sheet-open")));
  return toggle;
}

/* From the list: go there and open the pop-up. */
function select(map, feature) {
  closeSheet?.(false);
  if (feature.layer !== "events") {
    if (feature.geometry) goTo(map, feature);
    openDetail(map, feature, middle(map, feature));
    return;
  }
  if (isWide(feature)) goToArea(map, feature);
  else goTo(map, feature);
  choose({ selected: feature.id });
}

function goTo(map, feature) {
  const bounds = L.geoJSON(feature.geometry).getBounds();
  if (feature.layer === "events") {
    if (!map.getBounds().pad(-0.08).contains(bounds)) map.panTo(bounds.getCenter(), { animate: motion() });
  } else if (!map.getBounds().contains(bounds)) map.fitBounds(bounds, { padding: [40, 40], animate: false });
}

/* An event over a wide area: show all of that area, if it is of the theatre. */
function goToArea(map, event) {
  const area = data.features.find((f) => f.layer === "areas" && f.event === event.id && f.geometry);
  const bounds = area ? within(L.geoJSON(area.geometry).getBounds()) : L.latLngBounds([]);
  if (bounds.isValid()) map.fitBounds(bounds, { padding: [30, 30], animate: false });
}

function middle(map, feature) {
  if (!feature.geometry) return map.getCenter();
  const line = lines(feature.geometry)[0];
  if (line) { const [lon, lat] = along(line, 0.5); return L.latLng(lat, lon); }
  return L.geoJSON(feature.geometry).getBounds().getCenter();
}

function motion() {
  return !matchMedia("(prefers-reduced-motion: reduce)").matches;
}

/* Events that have no one point here: over a wide area, elsewhere, or nowhere that the report names. */
function drawDock(map, shown) {
  const wide = shown.filter((f) => f.layer === "events" && isWide(f)).sort(byTime), most = 7;
  const items = wide.slice(0, wide.length > most + 1 ? most : wide.length).map((feature) => el("button", {
    type: "button", "data-id": feature.id, title: feature.when, class: age(feature, state.day) > 0 ? "faded" : "", click: () => select(map, feature) },
    symbol(feature.type, sideColor(feature), feature.modality, 20), el("span", { dir: "auto" }, title(feature))));
  byId("dock").replaceChildren(el("h2", {}, "Over a wide area or elsewhere"), ...items,
    items.length < wide.length ? el("p", { class: "note" }, `and ${wide.length - items.length} more in the list`) : "");
  byId("dock").hidden = !wide.length;
}
