/* The tools on the map: the whole map, measuring, the whole screen, and starting again. */
let measuring = null;
const EARTH_KM = 6371.0088; /* mean radius, IUGG */

const TOOL_ICONS = {
  home: "M3 8 L3 3 L8 3 M13 8 L13 13 L8 13 M3 3 L7 7 M13 13 L9 9", measure: "M2 11 L11 2 L14 5 L5 14 Z M5 8 L7 10 M7.5 5.5 L9.5 7.5 M10 3 L11.5 4.5",
  screen: "M2 6 L2 2 L6 2 M10 2 L14 2 L14 6 M14 10 L14 14 L10 14 M6 14 L2 14 L2 10", reset: "M3.5 8 C3.5 4.5 7 2.5 10 3.8 C13.5 5.3 13.6 10.6 10.4 12.3 C8 13.6 5 12.6 4 10.4 M3 4 L3.5 8 L7.2 7",
};

function toolButton(id, label, click) {
  return el("button", { type: "button", class: "tool", id, "aria-label": label, title: label, click }, svg("svg", { viewBox: "0 0 16 16", "aria-hidden": "true" }, svg("path", { d: TOOL_ICONS[id] })));
}

function startTools(map) {
  map.attributionControl.setPrefix("<a href=\"https://leafletjs.com\" title=\"A JavaScript library for interactive maps\">Leaflet</a>");
  L.control.scale({ imperial: false, maxWidth: 120, position: "bottomright" }).addTo(map);
  const tools = L.control({ position: "topright" });
  tools.onAdd = () => {
    const bar = el("div", { class: "leaflet-bar tools", role: "group", "aria-label": "Tools" },
      toolButton("home", "Show the whole map", () => { fitView(map); state.view = null; writeHash(); }),
      toolButton("measure", "Measure a distance", () => (measuring ? stopMeasuring() : startMeasuring(map))),
      document.fullscreenEnabled ? toolButton("screen", "Full screen", wholeScreen) : null,
      toolButton("reset", "Start again: day, view and filters as at the beginning", () => reset(map)));
    L.DomEvent.disableClickPropagation(bar);
    return bar;
  };
  tools.addTo(map);
  document.addEventListener("fullscreenchange", () => {
    const whole = Boolean(document.fullscreenElement), label = whole ? "Leave full screen" : "Full screen";
    byId("screen").setAttribute("aria-label", label);
    byId("screen").title = label;
    byId("screen").setAttribute("aria-pressed", String(whole));
  });
}

function wholeScreen() {
  if (document.fullscreenElement) document.exitFullscreen();
  else document.documentElement.requestFullscreen().catch(() => { byId("screen").hidden = true; }); /* a frame may not */
}

function reset(map) {
  if (measuring) stopMeasuring();
  stopPlaying();
  closeDetail();
  reading = null;
  choose({ ...defaults(), view: null });
  fitView(map);
}

/* --- measuring: along a great circle, from point to point ------------------------------------------------------------------ */
function startMeasuring(map) {
  closeDetail();
  const line = L.polyline([], { pane: "measure", className: "measure-line", weight: 2.5, interactive: false }).addTo(map);
  measuring = { map, line, marks: L.layerGroup().addTo(map), points: [] };
  map.doubleClickZoom.disable();
  map.getContainer().classList.add("measuring");
  map.on("click", addPoint);
  byId("measure").setAttribute("aria-pressed", "true");
  byId("measured").hidden = false;
  drawMeasured();
}

function addPoint(event) {
  const { points, marks } = measuring;
  points.push(event.latlng);
  L.circleMarker(event.latlng, { pane: "measure", radius: 4, className: "measure-point", interactive: false }).addTo(marks);
  drawMeasured();
}

function stopMeasuring() {
  const { map, line, marks } = measuring;
  measuring = null;
  line.remove();
  marks.remove();
  map.off("click", addPoint);
  map.doubleClickZoom.enable();
  map.getContainer().classList.remove("measuring");
  byId("measure").setAttribute("aria-pressed", "false");
  byId("measured").hidden = true;
}

function drawMeasured() {
  const { points, line, map } = measuring;
  line.setLatLngs(points);
  const lengths = points.slice(1).map((point, k) => distanceKm(points[k], point)), total = lengths.reduce((sum, length) => sum + length, 0);
  const last = points.length > 1 ? `, the last part ${kmText(lengths.at(-1))} towards ${compass(points.at(-2), points.at(-1))}` : "";
  byId("measured").replaceChildren(
    el("p", { role: "status" }, points.length < 2 ? "Click two points or more; from the keyboard, move the map and press Enter for its middle." : el("strong", {}, kmText(total)), points.length > 2 ? last : points.length === 2 ? ` towards ${compass(points[0], points[1])}` : ""),
    el("div", {}, points.length ? el("button", { type: "button", class: "quiet", click: () => { measuring.points.pop(); measuring.marks.removeLayer(measuring.marks.getLayers().at(-1)); drawMeasured(); } }, "Undo") : null,
      el("button", { type: "button", class: "quiet", click: () => addPoint({ latlng: map.getCenter() }) }, "Add the middle"),
      el("button", { type: "button", class: "quiet", click: stopMeasuring }, "Done")));
}

/* Great-circle distance by the haversine formula. */
function distanceKm(a, b) {
  const [p, q] = [(a.lat * Math.PI) / 180, (b.lat * Math.PI) / 180], across = ((b.lng - a.lng) * Math.PI) / 180;
  const h = Math.sin((q - p) / 2) ** 2 + Math.cos(p) * Math.cos(q) * Math.sin(across / 2) ** 2;
  return 2 * EARTH_KM * Math.asin(Math.sqrt(h));
}

function compass(a, b) {
  const [p, q] = [(a.lat * Math.PI) / 180, (b.lat * Math.PI) / 180], across = ((b.lng - a.lng) * Math.PI) / 180;
  const angle = Math.atan2(Math.sin(across) * Math.cos(q), Math.cos(p) * Math.sin(q) - Math.sin(p) * Math.cos(q) * Math.cos(across));
  const names = ["north", "north-east", "east", "south-east", "south", "south-west", "west", "north-west"];
  return names[Math.round(((angle * 180) / Math.PI + 360) / 45) % 8];
}

function kmText(km) {
  return km < 1 ? `${Math.round(km * 1000)} m` : `${km < 100 ? km.toFixed(1) : Math.round(km)} km`;
}
