/* The list beside the map: everything that shows on the day, in step with the map, by keyboard as well as by pointer. */
const ROWS = 60; /* rows of a section that are written at once */
const FIRST_ROWS = { front_lines: 5, control: 8 }; /* of pieces of ground and of lines fewer: the map tells them better */
const SECTIONS = [
  ["routes", "Routes", (f) => f.layer === "routes"],
  ["areas", "Sieges and areas", (f) => f.layer === "areas" && f.type === "siege"],
  ["front_lines", "Front lines", (f) => f.layer === "front_lines"],
  ["control", "Control", (f) => f.layer === "control"],
  ["flows", "Movements", (f) => f.layer === "flows"],
];
let printing = false;
const rowsOf = new Map(); /* how many rows of a section the reader has asked for */

const swatches = new Map(); /* drawn once, then copied */

function swatch(feature) {
  if (feature.layer === "events") {
    const key = `${feature.type} ${sideColor(feature)} ${feature.modality}`;
    if (!swatches.has(key)) swatches.set(key, symbolOf(feature, 22));
    return swatches.get(key).cloneNode(true);
  }
  if (feature.layer === "control_points") return dot(sideStyle(feature.holder).color);
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

/* The title, with the place's Arabic name where the reader asked for such names. */
function listTitle(feature) {
  const arabic = state.labels === "en" ? "" : arabicOf(feature);
  return arabic ? el("span", {}, el("bdi", {}, title(feature)), " · ", el("bdi", { lang: "ar", dir: "rtl" }, arabic)) : title(feature);
}

function listItem(scene, feature, day = state.day, note = "") {
  const past = age(feature, day);
  const facts = [note, feature.standing === "differs" ? "another report" : feature.standing === "agrees" ? "a report that agrees" : "", timeShort(feature, past), feature.near, feature.sources > 1 ? `${feature.sources} sources` : "",
    feature.contested?.length ? "contested" : "", feature.changed ? "changed by hand" : ""].filter(Boolean).join(" · ");
  return el("li", { class: past > 0 ? "faded" : "" },
    el("button", { type: "button", "data-id": feature.id, "aria-pressed": String(feature.id === state.selected),
      click: () => select(scene, feature) },
      swatch(feature),
      el("span", { class: "item" }, el("span", { class: "item-title", dir: "auto" }, listTitle(feature)),
        el("span", { class: "item-facts", dir: "auto" }, facts),
        printing && feature.quote ? el("span", { class: "item-quote", dir: "auto" }, `“${feature.quote}” ${[sourceName(feature), feature.known].filter(Boolean).join(", ")}`) : null)));
}

function timeShort(feature, past) {
  const when = feature.undated ? "date not reported" : feature.when;
  return past > 0 ? `${when} · ${plural(past, "day", "days")} before` : when;
}

/* Events of the day: what is of it, dated before undated, then what has passed; newest first. Of very many, the table's
   own order, which is that of their first days, serves. */
function inOrderOfTime(events, day) {
  if (events.length > MANY) return events.toReversed();
  const { from, to, undated, records } = table, past = (i) => Math.max(0, day - to[i]);
  const vague = (i) => Number(records ? Boolean(records[i].undated) : undated[i]);
  return Array.from(events).sort((a, b) => past(a) - past(b) || vague(a) - vague(b) || from[b] - from[a] || a - b);
}

function byTime(a, b) {
  return age(a, state.day) - age(b, state.day) || Boolean(a.undated) - Boolean(b.undated) || b.from - a.from || a.key - b.key;
}

function inView(map, feature) {
  if (!feature.geometry) return true;
  feature.bounds ??= L.geoJSON(feature.geometry).getBounds();
  return feature.bounds.isValid() && map.getBounds().intersects(feature.bounds);
}

function isUnrealAt(i) {
  return Object.hasOwn(UNREAL, table.modality.values[table.modality.codes[i]]);
}

function drawList(scene) {
  const { shown, map, survey: sums } = scene, bounds = map.getBounds(), parts = [];
  const seen = (i) => table.wide[i] === 1 || inBounds(i, bounds);
  const sorted = inOrderOfTime(shown.events, shown.day);
  const section = (name, heading, items, [count, near]) => {
    if (!count) return;
    const most = printing ? FIRST_ROWS[name] ?? ROWS * 10 : rowsOf.get(name) ?? FIRST_ROWS[name] ?? ROWS, some = state.nearby ? near : count;
    const rest = some - Math.min(some, most);
    parts.push(el("section", { "data-section": name, "aria-label": heading }, el("h2", {}, el("span", {}, heading), el("span", { class: "count" }, thousands(count)),
      near < count ? el("span", { class: "in-view" }, `${thousands(near)} in view`) : null),
    el("ul", {}, items(most)),
    rest && printing ? el("p", { class: "note" }, `and ${thousands(rest)} more in the layers`) : rest ? el("button", { type: "button", class: "quiet more", click: () => { rowsOf.set(name, most + ROWS); drawList(scene); } }, `Show more (${thousands(rest)})`) : null));
  };
  for (const [name, heading, unreal] of [["events", "Events", false], ["unreal", "Proposed, planned, threatened or denied", true]]) {
    const belongs = (i) => sums.unrealCodes[table.modality.codes[i]] === unreal && (!state.nearby || seen(i));
    section(name, heading, (most) => firstOf(sorted, most, belongs).map((i) => listItem(scene, eventAt(i))), unreal ? sums.unreal : sums.real);
  }
  for (const [name, heading, belongs] of SECTIONS) {
    const own = shown.others.filter(belongs).sort(byTime), near = own.filter((f) => inView(map, f));
    section(name, heading, (most) => (state.nearby ? near : own).slice(0, most).map((f) => listItem(scene, f)), [own.length, near.length]);
  }
  if (!shown.events.length) parts.unshift(emptyNote(shown));
  const focused = document.activeElement?.closest?.("#list [data-id]")?.dataset.id;
  byId("list").replaceChildren(...parts);
  if (focused) byId("list").querySelector(`[data-id="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
  drawSheet(sums);
  drawDock(scene, sorted);
}

function emptyNote(shown) {
  if (data.first === null) return el("div", { class: "empty" }, el("p", {}, "The reports of this atlas tell of nothing that has a day. That does not mean that nothing happened."));
  const span = state.recent === 1 ? "on this day" : `in the ${state.recent} days to this day`;
  if (shown.total) return el("div", { class: "empty" }, el("p", {}, `None of the ${plural(shown.total, "event", "events")} ${span} passes the filters.`), el("button", { type: "button", class: "quiet", click: clearFilters }, "Clear all filters"));
  const next = data.changeDays.find((day) => day > state.day), before = data.changeDays.findLast((day) => day < state.day);
  const jump = (day, text) => (day === undefined || data.fixed ? null
    : el("button", { type: "button", class: "quiet", click: () => choose({ day, selected: "" }) }, `${text}: ${dayWords(day)}`));
  return el("div", { class: "empty" }, el("p", {}, `The reports of this atlas tell of no event ${span}. That does not mean that nothing happened.`),
    jump(before, "Earlier"), jump(next, "Later"));
}

/* Up and down go through the rows, whatever section they are in. */
function moveInList(event) {
  const way = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!way || event.altKey || event.ctrlKey || event.metaKey) return;
  const rows = [...event.currentTarget.querySelectorAll("li > button")], at = rows.indexOf(document.activeElement);
  if (at < 0) return;
  rows[Math.max(0, Math.min(rows.length - 1, at + way))].focus();
  event.preventDefault();
}

/* On a phone the list is a sheet at the bottom; its handle counts what is in it. */
function drawSheet({ real: [real], unreal: [unreal] }) {
  const counts = [plural(real, "event", "events"), unreal ? plural(unreal, "proposal or plan", "proposals or plans") : ""];
  byId("sheet").replaceChildren(el("span", {}, state.then === null ? counts.filter(Boolean).join(", ") : "What changed"), el("span", { class: "chevron", "aria-hidden": "true" }));
}

/* Paper has neither room nor time to ask for more: the map fits itself to the sheet, the list shows the quoted words. */


function startPrinting() {
  const set = (on) => {
    printing = on;
    document.body.classList.toggle("printing", on);
    byId("legend").open ||= on;
    closeDetail();
    for (const { map } of scenes) { map.invalidateSize({ animate: false }); if (!state.view) fitView(map); }
    for (const scene of scenes) drawScene(scene);
  };
  window.addEventListener("beforeprint", () => set(true));
  window.addEventListener("afterprint", () => set(false));
}

function toggleSheet(open) {
  if (document.body.classList.contains("sheet-open") === open) return;
  document.body.classList.toggle("sheet-open", open);
  byId("sheet").setAttribute("aria-expanded", String(open));
  for (const { map } of scenes) map.invalidateSize({ animate: false });
}

/* From the list: go there and open the pop-up. */
function select(scene, feature) {
  if (!state.read) toggleSheet(false);
  if (feature.layer !== "events") {
    if (feature.geometry) goTo(scene.map, feature);
    openDetail(scene, feature, middle(scene.map, feature));
    return;
  }
  if (isWide(feature)) goToArea(scene.map, feature);
  else goTo(scene.map, feature);
  choose({ selected: feature.id });
}

function goTo(map, feature) {
  const bounds = L.geoJSON(feature.geometry).getBounds();
  if (feature.layer === "events") {
    if (!map.getBounds().pad(-0.08).contains(bounds)) map.panTo(bounds.getCenter(), { animate: false });
  } else if (!map.getBounds().contains(bounds)) map.fitBounds(bounds, { padding: [40, 40], animate: false });
}

/* An event over a wide area: show all of that area, if it is of the theatre. */
function goToArea(map, event) {
  const area = data.others.find((f) => f.layer === "areas" && f.event === event.id && f.geometry);
  const round = !area && event.geometry && event.precision_m ? L.latLng(table.lat[event.at], table.lon[event.at]).toBounds(2 * event.precision_m) : L.latLngBounds([]);
  const bounds = within(area ? L.geoJSON(area.geometry).getBounds() : round);
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
function drawDock(scene, sorted) {
  const { afar } = scene.survey, room = scene.map.getSize().x < 800 ? 4 : 8, most = afar > room ? room - 1 : room, wide = afar ? firstOf(sorted, most, (i) => table.wide[i]) : [];
  const items = wide.map(eventAt).map((feature) => el("button", {
    type: "button", "data-id": feature.id, title: feature.when, class: age(feature, state.day) > 0 ? "faded" : "", click: () => select(scene, feature) },
    symbolOf(feature, 20), el("span", { dir: "auto" }, title(feature))));
  byId("dock").replaceChildren(el("h2", {}, "Over a wide area or elsewhere"), ...items,
    items.length < afar ? el("p", { class: "note" }, `and ${thousands(afar - items.length)} more in the list`) : "");
  byId("dock").hidden = !afar || state.then !== null;
}
