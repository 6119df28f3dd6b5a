/* The features of the day on the map. Each is drawn once and then put on, faded or taken off as the day changes. */
const PANES = { control: 405, areas: 410, front_lines: 425, routes: 430, crosses: 435, flows: 440, dots: 445, leaders: 595 };
const WIDE_M = 20000; /* what is placed less exactly than this stands beside the map, not on a point that it does not have */
const MARKER = 28;
const HALF = MARKER / 2 + 1;
const TAG = 56; /* px that the word beside a proposal takes */
const drawn = new Map();
const markers = new Map();
const crosses = new Set();
let leaders = null;

function startDrawing(map) {
  for (const [name, level] of Object.entries(PANES)) map.createPane(name).style.zIndex = level;
  leaders = L.layerGroup().addTo(map);
}

function isWide(feature) {
  if (!feature.geometry || (feature.precision_m ?? 0) > WIDE_M) return true;
  if (!data.bbox) return false;
  const [lon, lat] = feature.geometry.coordinates, [west, south, east, north] = data.bbox;
  return lon < west || lon > east || lat < south || lat > north;
}

function eventOf(feature) {
  return data.byId.get(feature.event);
}

/* Areas and flows that belong to an event take its side and doubt. */
function actsFor(feature) {
  const event = eventOf(feature);
  return feature.holder ? sideStyle(feature.holder) : sideStyle(event ? sideOf(event) : "other");
}

const STYLES = {
  areas(feature) {
    const style = entry(data.style.areas, feature.type, { color: "side", fill: 0.1, width: 1, dash: [3, 3] });
    const color = style.color === "side" ? actsFor(feature).color : style.color;
    const wide = feature.type !== "siege" && (feature.precision_m ?? 0) > WIDE_M; /* an outline: its fill would tint the whole map */
    return { color, weight: style.width, fill: !wide, dashArray: style.dash.join(" ") || null, fillOpacity: style.hatch ? 0.28 : style.fill,
      fillColor: style.hatch ? hatch(style.hatch, color) : color, className: `area area-${feature.type}` };
  },
  control(feature) {
    const side = sideStyle(feature.side || feature.holder), style = data.style.control || {};
    return { color: side.color, weight: style.width ?? 0.8, fillColor: side.color, fillOpacity: style.fill ?? 0.2, className: "control" };
  },
  front_lines() {
    const style = data.style.front_lines || {};
    return { color: style.color || "#1a1a1a", weight: style.width ?? 2.2, dashArray: (style.dash || []).join(" ") || null, className: "front" };
  },
  routes(feature) {
    const style = stateStyle(feature.state);
    return { color: sideStyle(feature.holder || "other").color, weight: style.width, dashArray: style.dash.join(" ") || null,
      lineCap: "butt", className: "route" };
  },
  flows(feature) {
    const style = entry(data.style.flows, feature.type, { color: "side", width: 3, dash: [] });
    return { color: style.color === "side" ? actsFor(feature).color : style.color, weight: style.width,
      dashArray: style.dash.join(" ") || null, className: "flow" };
  },
};

function drawFeature(feature, map) {
  if (feature.layer === "events") return drawMarker(feature);
  const style = STYLES[feature.layer](feature), group = L.featureGroup();
  const options = { pane: feature.layer, style: { ...style, lineJoin: "round" } };
  if (feature.layer === "routes") {
    L.geoJSON(feature.geometry, { ...options, interactive: false, style: { color: "var(--map)", weight: style.weight + 4, opacity: 0.9, className: "casing" } }).addTo(group);
  }
  const shape = L.geoJSON(feature.geometry, options).addTo(group);
  if (feature.layer === "routes" && stateStyle(feature.state).mark === "cross") drawCrosses(feature, style.color, group);
  if (feature.layer === "flows") shape.on("add", () => shape.eachLayer((l) => l.getElement()?.setAttribute("marker-end", arrowHead(style.color))));
  shape.on("click", (event) => { L.DomEvent.stop(event); openDetail(map, feature, event.latlng); });
  shape.on("add", () => shape.eachLayer((l) => l.getElement()?.setAttribute("data-key", feature.key)));
  return group;
}

/* Crosses along a route where nothing passes. */
function drawCrosses(feature, color, group) {
  for (const share of [0.25, 0.5, 0.75]) {
    const [lon, lat] = along(lines(feature.geometry)[0], share);
    const mark = svg("svg", { viewBox: "0 0 14 14", width: 14, height: 14, "aria-hidden": "true" },
      svg("path", { d: "M2 2 L12 12 M12 2 L2 12", stroke: "var(--map)", "stroke-width": 5.5, fill: "none" }),
      svg("path", { d: "M2 2 L12 12 M12 2 L2 12", stroke: color, "stroke-width": 2.6, fill: "none" }));
    const marker = L.marker([lat, lon], { pane: "crosses", interactive: false, keyboard: false,
      icon: L.divIcon({ html: mark, className: "cross", iconSize: [14, 14], iconAnchor: [7, 7] }) }).addTo(group);
    crosses.add(marker);
  }
}

/* The boxes of the crosses on the map, in layer pixels, for labels to keep clear of. */
function crossBoxes(map) {
  return [...crosses].filter((marker) => map.hasLayer(marker)).map((marker) => {
    const point = map.latLngToLayerPoint(marker.getLatLng());
    return [point.x - 7, point.y - 7, point.x + 7, point.y + 7];
  });
}

function lines(geometry) {
  return geometry.type === "LineString" ? [geometry.coordinates] : geometry.type === "MultiLineString" ? geometry.coordinates : [];
}

/* The point at a share of a line's length, in the plane of the map: near enough to set a mark. */
function along(line, share) {
  const lengths = line.slice(1).map((b, i) => Math.hypot((b[0] - line[i][0]) * Math.cos((b[1] * Math.PI) / 180), b[1] - line[i][1]));
  let rest = lengths.reduce((sum, length) => sum + length, 0) * share;
  for (let i = 0; i < lengths.length; i++) {
    if (rest <= lengths[i] && lengths[i] > 0) {
      const t = rest / lengths[i];
      return [line[i][0] + t * (line[i + 1][0] - line[i][0]), line[i][1] + t * (line[i + 1][1] - line[i][1])];
    }
    rest -= lengths[i];
  }
  return line[line.length - 1];
}

function drawMarker(feature) {
  const [lon, lat] = feature.geometry.coordinates;
  const face = el("div", { class: "marker-face" }, symbol(feature.type, sideColor(feature), feature.modality, MARKER),
    isUnreal(feature) ? el("span", { class: "tag" }, UNREAL[feature.modality]) : null);
  const marker = L.marker([lat, lon], { keyboard: true, riseOnHover: true, alt: feature.label || words(feature.type),
    icon: L.divIcon({ html: face, className: "marker", iconSize: [MARKER, MARKER], iconAnchor: [MARKER / 2, MARKER / 2], popupAnchor: [0, -MARKER / 2] }) });
  marker.on("click", () => choose({ selected: feature.id }));
  marker.on("keydown", (event) => { if (event.originalEvent.key === "Enter") choose({ selected: feature.id }); });
  marker.on("add", () => {
    const element = marker.getElement();
    element.setAttribute("data-id", feature.id);
    element.setAttribute("role", "button");
    element.setAttribute("aria-label", `${feature.label || words(feature.type)}, ${feature.when}`);
  });
  marker.feature = feature;
  markers.set(feature.id, marker);
  return marker;
}

/* Puts the day's features on the map and takes the others off. */
function drawDay(map, shown) {
  const wanted = new Set(), areas = new Set();
  for (const feature of shown) {
    if (feature.layer === "places" || !feature.geometry || (feature.layer === "events" && isWide(feature))) continue;
    if (feature.layer === "areas" && areas.has(feature.ground) && feature.event !== state.selected) continue;
    areas.add(feature.ground);
    wanted.add(feature.key);
    if (!drawn.has(feature.key)) drawn.set(feature.key, drawFeature(feature, map));
    const layer = drawn.get(feature.key);
    if (!map.hasLayer(layer)) layer.addTo(map);
    const past = age(feature, state.day);
    fade(layer, past > 0 ? 0.85 - (0.5 * past) / state.recent : 1,
      feature.id === state.selected || (feature.event && feature.event === state.selected));
  }
  for (const [key, layer] of drawn) if (!wanted.has(key) && map.hasLayer(layer)) layer.remove();
}

/* The longer past, the paler. */
function fade(layer, opacity, selected) {
  if (layer.eachLayer) { layer.eachLayer((part) => fade(part, opacity, selected)); return; }
  const element = layer.getElement?.();
  if (!element) return;
  element.style.opacity = opacity === 1 ? "" : opacity;
  element.classList.toggle("faded", opacity < 1);
  element.classList.toggle("selected", Boolean(selected));
}

/* Markers that would hide each other move apart, each tied to its own point by a line. Gives the boxes they fill. */
function spread(map) {
  leaders.clearLayers();
  const items = [];
  for (const marker of markers.values()) {
    if (!map.hasLayer(marker)) continue;
    const [lon, lat] = marker.feature.geometry.coordinates, point = map.latLngToLayerPoint([lat, lon]);
    const angle = items.length * 2.39996; /* the golden angle: markers of one point leave it in different directions */
    items.push({ marker, point, at: [lat, lon], x: point.x + Math.cos(angle), y: point.y + Math.sin(angle),
      right: HALF + (isUnreal(marker.feature) ? TAG : 0) });
  }
  for (let round = 0; round < 80 && pushApart(items); round++);
  for (const item of items) {
    const moved = Math.hypot(item.x - item.point.x, item.y - item.point.y) > 4;
    const place = moved ? map.layerPointToLatLng([Math.round(item.x), Math.round(item.y)]) : L.latLng(item.at);
    item.marker.setLatLng(place);
    if (!moved) continue;
    L.polyline([item.at, place], { pane: "leaders", className: "leader", weight: 1, interactive: false }).addTo(leaders);
    L.circleMarker(item.at, { pane: "leaders", radius: 2.5, className: "leader-dot", interactive: false }).addTo(leaders);
  }
  return items.map((item) => [item.x - HALF, item.y - HALF, item.x + item.right, item.y + HALF]);
}

/* One round: boxes that overlap share the way apart, along the shorter axis. False once none does. */
function pushApart(items) {
  let moved = false;
  for (let i = 0; i < items.length; i++) {
    for (let j = i + 1; j < items.length; j++) {
      const a = items[i], b = items[j];
      const acrossX = Math.min(a.x + a.right - (b.x - HALF), b.x + b.right - (a.x - HALF));
      const acrossY = 2 * HALF - Math.abs(a.y - b.y);
      if (acrossX <= 0 || acrossY <= 0) continue;
      const axis = acrossX < acrossY ? "x" : "y", way = (Math.min(acrossX, acrossY) / 2 + 0.2) * (a[axis] <= b[axis] ? 1 : -1);
      a[axis] -= way;
      b[axis] += way;
      moved = true;
    }
  }
  return moved;
}
