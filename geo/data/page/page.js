/* The page: called with folium's map once it stands. */
let closeSheet = null;

/* Zoom below which the label of a kind of place is left out. */
const PLACE_ZOOM = { country: 99, admin1: 99, governorate: 99, region: 99, border: 12, city: 5, town: 8, crossing: 8, village: 10, base: 10,
  airbase: 9, road: 99, corridor: 99 };

function placeLabelsOf(shown) {
  const named = new Set(shown.filter((f) => f.layer === "events").map((f) => f.place_id));
  const order = ["city", "town", "crossing", "airbase", "base", "village", "neighbourhood"];
  return shown.filter((f) => f.layer === "places" && f.geometry && (PLACE_ZOOM[f.kind] ?? 11.5) < 99).map((f) => ({
    key: `place ${f.key}`, text: f.name, kind: f.kind === "city" ? "city" : named.has(f.place_id) ? "place named" : "place",
    lat: f.geometry.coordinates[1], lon: f.geometry.coordinates[0], zoom: named.has(f.place_id) ? 0 : PLACE_ZOOM[f.kind] ?? 11.5,
    rank: f.kind === "city" ? 1 : named.has(f.place_id) ? 2 : 4 + ((order.indexOf(f.kind) + 1) || 9) / 10, far: f.kind === "city", dot: true }));
}

function otherLabels(shown) {
  const labels = [];
  for (const f of shown) {
    if (!f.geometry) continue;
    if (f.layer === "routes") {
      const [lon, lat] = along(lines(f.geometry)[0] || [], 0.4) || [];
      labels.push({ key: `route ${f.key}`, text: `${f.name} · ${words(f.state)}${(f.flags || []).includes("not secure") ? ", not secure" : ""}`, kind: "route", lat, lon, rank: 1.5, gap: 9, far: true });
    } else if (f.layer === "areas" && (f.type === "siege" || (f.precision_m ?? 0) > WIDE_M || f.event === state.selected)) {
      const box = L.geoJSON(f.geometry).getBounds();
      labels.push({ key: `area ${f.key}`, text: f.label || words(f.type), kind: "area", lat: box.getSouth(), lon: box.getCenter().lng, rank: 3, gap: 6,
        faded: age(f, state.day) > 0 });
    }
  }
  return labels;
}

/* The basemap's towns without those that the reports name themselves. */
function townLabels(places, zoom) {
  const near = (a, b) => Math.hypot(a.lat - b.lat, a.lon - b.lon) < 0.02 || (a.text === b.text && Math.hypot(a.lat - b.lat, a.lon - b.lon) < 0.1);
  return baseLabels().filter((town) => zoom >= town.zoom && !places.some((place) => near(place, town)))
    .map((town) => ({ ...town, rank: 5 + town.order / 1000, dot: true }));
}

function redraw(map, dots) {
  const shown = visible(state.day), zoom = map.getZoom();
  const boxes = spread(map), places = placeLabelsOf(shown).filter((p) => zoom >= p.zoom), towns = townLabels(places, zoom);
  dots.clearLayers();
  for (const place of [...places, ...towns]) {
    if (place.dot) L.circleMarker([place.lat, place.lon], { pane: "dots", radius: place.kind === "city" ? 3.2 : 2.1, interactive: false, className: "place-dot" }).addTo(dots);
  }
  placeLabels(map, [...otherLabels(shown), ...places, ...towns, ...countryLabels(map)], [...boxes, ...crossBoxes(map)]);
}

function drawHead() {
  byId("title").textContent = data.title;
  byId("as-of").replaceChildren(el("strong", {}, dayWords(state.day)), el("span", {}, weekday(state.day)));
  document.title = `${data.title}, ${dayWords(state.day)}`;
}

function drawPages() {
  const days = data.pages.map((page) => page.day), here = data.fixed ? data.as_of : "";
  const at = days.indexOf(here), nav = byId("pages");
  const anchor = (page, text, label) => (page ? el("a", { href: page.href, "aria-label": label }, text) : null);
  if (data.fixed) {
    nav.append(...[anchor(data.pages[at - 1], "‹ Earlier", "Earlier date"), data.index ? el("a", { href: data.index }, "All dates") : null,
      at >= 0 ? anchor(data.pages[at + 1], "Later ›", "Later date") : null].filter(Boolean));
  }
  nav.hidden = !nav.childElementCount;
}

/* Looks at what is placed well on the day, within the theatre; where nothing is, at the theatre. */
function fitView(map) {
  const shown = visible(state.day).filter((f) => f.geometry && f.layer !== "places" && (f.precision_m ?? 0) <= WIDE_M);
  const events = shown.filter((f) => f.layer === "events" && !isWide(f));
  const of = events.length ? [...events, ...shown.filter((f) => f.type === "siege")] : shown.filter((f) => f.layer === "routes");
  const bounds = L.latLngBounds([]);
  for (const feature of of) bounds.extend(feature.layer === "events" ? roundAbout(feature) : within(L.geoJSON(feature.geometry).getBounds()));
  const [west, south, east, north] = data.view || data.bbox || [-160, -50, 160, 70];
  if (!bounds.isValid()) bounds.extend([[south, west], [north, east]]);
  map.fitBounds(bounds, { padding: map.getSize().x < 600 ? [30, 30] : [60, 50], maxZoom: 12, animate: false });
}

function roundAbout(event) {
  const [lon, lat] = event.geometry.coordinates;
  return L.latLng(lat, lon).toBounds(2 * (event.precision_m || 0) + 1);
}

/* The part of bounds that lies in the theatre. */
function within(bounds) {
  if (!data.bbox) return bounds;
  const [west, south, east, north] = data.bbox, theatre = L.latLngBounds([south, west], [north, east]);
  if (!bounds.intersects(theatre)) return L.latLngBounds([]);
  const middle = (low, value, high) => Math.max(low, Math.min(value, high));
  return L.latLngBounds([middle(south, bounds.getSouth(), north), middle(west, bounds.getWest(), east)],
    [middle(south, bounds.getNorth(), north), middle(west, bounds.getEast(), east)]);
}

function addControls(map) {
  map.attributionControl.setPrefix("<a href=\"https://leafletjs.com\" title=\"A JavaScript library for interactive maps\">Leaflet</a>");
  L.control.scale({ imperial: false, maxWidth: 120, position: "bottomright" }).addTo(map);
  const home = L.control({ position: "topright" });
  home.onAdd = () => {
    const button = el("button", { type: "button", class: "leaflet-bar home", "aria-label": "Show the whole map", title: "Show the whole map", id: "home",
      click: () => { fitView(map); state.view = null; writeHash(); } }, "⤢");
    L.DomEvent.disableClickPropagation(button);
    return button;
  };
  home.addTo(map);
}

function keepView(map) {
  const center = map.getCenter();
  state.view = [Math.round(map.getZoom() * 100) / 100, Number(center.lat.toFixed(4)), Number(center.lng.toFixed(4))];
  writeHash();
}

function drawAll(map, dots) {
  const shown = visible(state.day);
  drawHead();
  drawDay(map, shown);
  drawList(map, shown);
  drawDock(map, shown);
  drawLegend(shown);
  drawAbout();
  redraw(map, dots);
  const feature = data.byId.get(state.selected);
  byId("list").querySelector('[aria-pressed="true"]')?.scrollIntoView({ block: "nearest" });
  if (popup && (popup.feature.layer === "events" ? popup.feature.id !== state.selected : age(popup.feature, state.day) === null)) closeDetail();
  if (feature && age(feature, state.day) !== null && popup?.feature !== feature) openDetail(map, feature);
}

function start(map) {
  document.body.append(svg("svg", { width: 0, height: 0, class: "defs", "aria-hidden": "true" }, svg("defs", { id: "defs" })));
  readData();
  const chosen = readHash();
  startLabels(map);
  startDrawing(map);
  drawBase(map);
  tileSwitch(map);
  addControls(map);
  closeSheet = startSheet(map);
  startTime();
  drawPages();
  const dots = L.layerGroup().addTo(map);
  byId("legend").open = matchMedia("(min-width: 821px)").matches;
  map.on("popupclose", (event) => { if (event.popup === popup && popup.feature?.id === state.selected) { popup = null; choose({ selected: "" }); } });
  listeners.push(() => drawAll(map, dots));
  if (chosen.day !== undefined) state.day = chosen.day;
  map.invalidateSize({ animate: false });
  fitView(map);
  if (chosen.view) map.setView([chosen.view[1], chosen.view[2]], chosen.view[0], { animate: false });
  choose(chosen);
  map.on("zoomend moveend resize", () => redraw(map, dots));
  map.on("dragend zoomend", () => keepView(map));
  document.addEventListener("keydown", (event) => { if (event.key === "Escape" && popup) { closeDetail(); choose({ selected: "" }); } });
  window.addEventListener("hashchange", () => {
    const asked = readHash();
    if (asked.view) map.setView([asked.view[1], asked.view[2]], asked.view[0], { animate: false });
    choose(asked);
  });
}
