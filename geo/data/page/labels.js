/* Labels that do not overlap: the most important first, each at the first free side of its point, else not at all. */
const SIDES = [[1, 0], [-1, 0], [0, -1], [0, 1], [1, -1], [1, 1], [-1, -1], [-1, 1]];
const FURTHER = SIDES.map(([x, y]) => [x * 4, y * 4]);
/* A city is an area: its name may stand anywhere in it, and must stand somewhere. */
const IN_THE_CITY = [-6, 6, -10, 10, -14, 14].flatMap((y) => [[0, y], [5, y], [-5, y], [9, y], [-9, y]]);

function startLabels(scene) {
  scene.labelPane = scene.map.createPane("labels");
  scene.labelPane.style.zIndex = 590;
  scene.labelPane.classList.add("leaflet-zoom-hide");
}

/* A name in the language that the reader chose, where it is known in it; each in its own direction. */
function nameParts(name, arabic) {
  if (!arabic || state.labels === "en" || arabic === name) return [name];
  const rightToLeft = el("bdi", { lang: "ar", dir: "rtl" }, arabic);
  return state.labels === "ar" ? [rightToLeft] : [el("bdi", {}, name), " ", rightToLeft];
}

/* The Arabic name of where a feature is: its own, or that of its place, road or event's place. */
function arabicOf(feature) {
  const place = data.places.get(feature.route || feature.place_id || data.byId.get(feature.event)?.place_id);
  return feature.name_ar || place?.name_ar || "";
}

/* The same for a label that stands alone: none where the words say more, as in "north of" a place. */
function arabicAlone(feature) {
  const event = feature.layer === "events" ? feature : data.byId.get(feature.event), place = data.places.get(event?.place_id);
  return place && event.place === place.name ? place.name_ar ?? "" : "";
}

function labelElement(scene, item) {
  const key = item.arabic ? `${state.labels} ${item.key}` : item.key;
  let element = scene.labels.get(key);
  if (!element) {
    element = el("div", { class: `label label-${item.kind}`, "aria-hidden": "true" }, nameParts(item.text, item.arabic));
    scene.labelPane.append(element);
    element.size = sizeOf(element, item.kind);
    scene.labels.set(key, element);
  }
  element.used = true;
  element.classList.toggle("faded", Boolean(item.faded));
  return element;
}

const letters = new Map();
let ruler = null;

/* How large a label is: measured with the letters of its kind, since asking the page would have it laid out anew each time. */
function sizeOf(element, kind) {
  ruler ??= document.createElement("canvas").getContext("2d");
  if (!letters.has(kind)) {
    const style = getComputedStyle(element), font = `${style.fontStyle} ${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
    letters.set(kind, { font, space: parseFloat(style.letterSpacing) || 0, height: parseFloat(style.lineHeight), capitals: style.textTransform === "uppercase" });
  }
  const { font, space, height, capitals } = letters.get(kind), text = element.textContent;
  ruler.font = font;
  return [Math.ceil(ruler.measureText(capitals ? text.toUpperCase() : text).width + space * text.length), height];
}

/* Controls, boxes and dates over the map: names keep clear of them. Watched, since asking the page would have it laid out anew. */
const COVERS = ".leaflet-control, .map-date, #dock, #legend, #measured";

function watchCovers() {
  const observer = new ResizeObserver(() => {
    for (const scene of scenes) {
      const covers = coversOf(scene), same = JSON.stringify(covers) === JSON.stringify(scene.covers);
      scene.covers = covers;
      if (!same && scene.shown) drawLabels(scene);
    }
  });
  for (const element of document.querySelectorAll(COVERS)) observer.observe(element);
}

/* In pixels of the map's window. */
function coversOf({ map }) {
  const frame = map.getContainer().getBoundingClientRect();
  return Array.from(document.querySelectorAll(COVERS), (element) => element.getBoundingClientRect())
    .filter((box) => box.width && box.left < frame.right && box.right > frame.left && box.top < frame.bottom && box.bottom > frame.top)
    .map((box) => [box.left - frame.left, box.top - frame.top, box.right - frame.left, box.bottom - frame.top].map(Math.round));
}

/* The same in layer pixels. */
function coverBoxes({ map, covers }) {
  const { x, y } = map.containerPointToLayerPoint([0, 0]);
  return covers.map((box) => [box[0] + x, box[1] + y, box[2] + x, box[3] + y]);
}

function overlaps(box, boxes) {
  return boxes.some((b) => box[0] < b[2] && b[0] < box[2] && box[1] < b[3] && b[1] < box[3]);
}

/* items: {key, text, kind, lat, lon, rank (0 first), gap (px from the point), far (may stand further off), wide (centred)}; taken: boxes in layer px. */
function placeLabels(scene, items, taken) {
  const { map } = scene;
  for (const element of scene.labels.values()) element.used = false;
  const view = map.getPixelBounds(), origin = map.getPixelOrigin();
  const inside = L.bounds(view.min.subtract(origin), view.max.subtract(origin));
  const boxes = [...taken], used = new Set();
  const sorted = items.map((item, index) => ({ item, index })).sort((a, b) => a.item.rank - b.item.rank || a.index - b.index);
  for (const { item } of sorted) {
    const point = map.latLngToLayerPoint([item.lat, item.lon]);
    if (!inside.contains(point) || used.has(item.key)) continue;
    const element = labelElement(scene, item), [width, height] = element.size, gap = item.gap ?? 5;
    const further = item.kind === "city" ? [...FURTHER, ...IN_THE_CITY] : item.far ? FURTHER : [];
    const places = item.wide ? [[0, 0]] : [...SIDES, ...further];
    for (const [x, y] of places) {
      const left = point.x + (x === 0 ? -width / 2 : x > 0 ? gap * x : gap * x - width) - (x && y ? x * gap * 0.4 : 0);
      const top = point.y + (y === 0 ? -height / 2 : y > 0 ? gap * y * 0.8 : gap * y * 0.8 - height);
      const box = [left - BESIDE, top, left + width + BESIDE, top + height];
      if (!inside.contains(L.bounds([box[0], box[1]], [box[2], box[3]])) || overlaps(box, boxes)) continue;
      boxes.push(box);
      used.add(item.key);
      L.DomUtil.setPosition(element, L.point(Math.round(left), Math.round(top)));
      break;
    }
    element.used = used.has(item.key);
  }
  for (const element of scene.labels.values()) element.hidden = !element.used;
  return used;
}

/* --- what is named ---------------------------------------------------------------------------------------------------------- */
/* Zoom below which the label of a kind of place is left out. */
const PLACE_ZOOM = { country: 99, admin1: 99, governorate: 99, region: 99, border: 12, city: 5, town: 8, crossing: 8, village: 10, base: 10,
  airbase: 9, road: 99, corridor: 99 };
const PLACE_ORDER = ["city", "town", "crossing", "airbase", "base", "village", "neighbourhood"];
const BESIDE = 3; /* px left free beside a name */
const LEAST_LINE = 70; /* px: shorter routes bear no name */
const NAMED_UP_TO = 500; /* events whose places are named from afar */

function placeLabelsOf(scene) {
  const { shown, map } = scene, zoom = map.getZoom(), view = map.getBounds(), few = !data.packed && shown.events.length <= NAMED_UP_TO; /* packed events do not say which place */
  const named = new Set(few ? Array.from(shown.events, (i) => eventAt(i).place_id) : []);
  const least = (f) => (named.has(f.place_id) ? 0 : PLACE_ZOOM[f.kind] ?? 11.5);
  return data.placeList.filter((f) => f.geometry && (PLACE_ZOOM[f.kind] ?? 11.5) < 99 && zoom >= least(f) && view.contains([f.geometry.coordinates[1], f.geometry.coordinates[0]])).map((f) => ({
    key: `place ${f.key}`, text: f.name, arabic: f.name_ar, kind: f.kind === "city" ? "city" : named.has(f.place_id) ? "place named" : "place",
    lat: f.geometry.coordinates[1], lon: f.geometry.coordinates[0],
    rank: f.kind === "city" ? 1 : named.has(f.place_id) ? 2 : 4 + ((PLACE_ORDER.indexOf(f.kind) + 1) || 9) / 10, far: f.kind === "city", dot: true }));
}

function otherLabels(scene) {
  const labels = [], { shown } = scene, named = new Set();
  for (const f of shown.others) {
    if (!f.geometry || isBeside(f)) continue;
    if (f.layer === "routes") {
      const name = `${f.name} ${f.state}`;
      if (named.has(name) || lengthOn(scene.map, f) < LEAST_LINE) continue;
      named.add(name);
      const [lon, lat] = along(lines(f.geometry)[0] || [], 0.4) || [];
      labels.push({ key: `route ${f.key}`, text: `${f.name} · ${words(f.state)}${(f.flags || []).includes("not secure") ? ", not secure" : ""}`, arabic: arabicOf(f), kind: "route", lat, lon, rank: 1.5, gap: 9, far: true });
    } else if (f.layer === "areas" && (f.type === "siege" || (f.precision_m ?? 0) > data.wideM || f.event === state.selected)) {
      const box = L.geoJSON(f.geometry).getBounds();
      labels.push({ key: `area ${f.key}`, text: f.label || words(f.type), arabic: arabicAlone(f), kind: "area", lat: box.getSouth(), lon: box.getCenter().lng, rank: 3, gap: 6,
        faded: age(f, shown.day) > 0 });
    }
  }
  for (const [i, circle] of scene.halos) {
    if (!table.wide[i] && eventAt(i).id !== state.selected) continue;
    const bounds = circle.getBounds(), f = eventAt(i);
    labels.push({ key: `halo ${i}`, text: f.place || title(f), arabic: arabicAlone(f), kind: "area", lat: bounds.getSouth(), lon: bounds.getCenter().lng, rank: 3, gap: 6, faded: age(f, shown.day) > 0 });
  }
  return labels;
}

/* How far a feature reaches on the screen, in pixels. */
function lengthOn(map, feature) {
  feature.bounds ??= L.geoJSON(feature.geometry).getBounds();
  return map.latLngToLayerPoint(feature.bounds.getSouthWest()).distanceTo(map.latLngToLayerPoint(feature.bounds.getNorthEast()));
}

/* The basemap's towns without those that the reports name themselves. */
function townLabels(places, zoom) {
  const near = (a, b) => Math.hypot(a.lat - b.lat, a.lon - b.lon) < 0.02 || (a.text === b.text && Math.hypot(a.lat - b.lat, a.lon - b.lon) < 0.1);
  return baseLabels().filter((town) => zoom >= town.zoom && !places.some((place) => near(place, town)))
    .map((town) => ({ ...town, rank: 5 + town.order / 1000, dot: true }));
}

function drawLabels(scene) {
  const { map } = scene, places = placeLabelsOf(scene), towns = townLabels(places, map.getZoom());
  const covered = [...scene.boxes, ...crossBoxes(scene), ...coverBoxes(scene)];
  const named = placeLabels(scene, [...otherLabels(scene), ...places, ...towns, ...waterLabels(map), ...countryLabels(map)], covered);
  drawPlaceDots(scene, [...places, ...towns.filter((town) => named.has(town.key))]);
}

function drawPlaceDots({ map, dots }, places) {
  const wanted = new Set(places.map(({ key, kind }) => `${key} ${kind}`));
  for (const [key, dot] of dots) if (!wanted.has(key)) { dot.remove(); dots.delete(key); }
  for (const { key, kind, lat, lon } of places) {
    if (dots.has(`${key} ${kind}`)) continue;
    dots.set(`${key} ${kind}`, L.circleMarker([lat, lon], { pane: "dots", radius: kind === "city" ? 3.2 : 2.1, interactive: false, className: "place-dot" }).addTo(map));
  }
}
