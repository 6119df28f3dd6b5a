/* A scene is one map with what it draws: the page has one, and a second while two dates are compared. What has lines and
   areas is drawn once and then put on, faded or taken off as the day changes. */
const PANES = { control: 405, areas: 410, front_lines: 425, routes: 430, crosses: 435, flows: 440, dots: 445, measure: 560, leaders: 595 };
const LEAST_WIDE_M = 20000; /* what is placed less exactly stands beside the map, not on a point that it does not have; */
const WIDE_SHARE = 0.04; /* in a large theatre, less exactly than this share of its diagonal */
const MANY = 5000; /* features of a layer, above which it is drawn on a canvas */
const scenes = [];

/* dayOf: gives the day that the scene shows. */
function makeScene(map, dayOf) {
  const scene = { map, dayOf, shown: null, drawn: new Map(), crosses: new Set(), markers: new Map(), halos: new Map(), clusters: [], boxes: [], covers: [], labels: new Map(), dots: new Map() };
  for (const [name, level] of Object.entries(PANES)) map.createPane(name).style.zIndex = level;
  const line = (className, weight) => L.polyline([], { pane: "leaders", className, weight, interactive: false, smoothFactor: 0, noClip: true }).addTo(map);
  scene.leaders = line("leader", 1);
  scene.origins = line("leader-dot", 5); /* of no length, with round ends */
  scene.many = new Set(Object.keys(STYLES).filter((layer) => data.others.filter((f) => f.layer === layer).length > MANY));
  startLabels(scene);
  drawBase(map);
  if (table.count > MANY) startCanvas(scene);
  map.on("zoomend moveend resize", () => settle(scene));
  scenes.push(scene);
  return scene;
}

function isWide(feature) {
  return Boolean(table.wide[feature.at]);
}

/* Areas and flows that belong to an event take its side and doubt. */
function actsFor(feature) {
  const event = data.byId.get(feature.event);
  return feature.holder ? sideStyle(feature.holder) : sideStyle(event ? sideOf(event) : "other");
}

function areaStyle(type, color, wide) {
  const style = entry(data.style.areas, type, { color: "side", fill: 0.1, width: 1, dash: [3, 3] });
  if (style.color !== "side") color = style.color;
  return { color, weight: style.width, fill: !wide, dashArray: style.dash.join(" ") || null, fillOpacity: style.hatch ? 0.28 : style.fill,
    fillColor: style.hatch ? hatch(style.hatch, color) : color, className: `area area-${type}` };
}

const STYLES = {
  areas(feature) {
    const wide = feature.type !== "siege" && (feature.precision_m ?? 0) > data.wideM; /* an outline: its fill would tint the whole map */
    return areaStyle(feature.type, actsFor(feature).color, wide);
  },
  control(feature) {
    const side = sideStyle(feature.side || feature.holder), style = data.style.control || {}, look = controlState(feature);
    if (look.hatch) { /* not sure: contested, claimed by one alone, or inferred */
      return { color: side.color, weight: style.width ?? 0.8, dashArray: look.dash.join(" ") || null, fillColor: hatch(look.hatch, side.color),
        fillOpacity: 0.5, className: `control control-${feature.state}` };
    }
    return { color: side.color, weight: style.width ?? 0.8, fillColor: side.color, fillOpacity: style.fill ?? 0.2, className: "control" };
  },
  front_lines(feature) {
    const style = data.style.front_lines || {}, dash = feature ? controlState(feature).dash : [];
    return { color: style.color || "#1a1a1a", weight: style.width ?? 2.2, dashArray: (dash.length ? dash : style.dash || []).join(" ") || null, className: "front" };
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

/* How ground or a line in its state of control looks; what is not known looks sure. */
function controlState(feature) {
  const looks = data.style.control_states || {};
  return entry(looks, feature.state, looks.held || { hatch: "", dash: [] });
}

/* The colours of both sides in turn, and ticks across where the line is sure. */
function drawFront(feature, pane, group) {
  const [left, right] = (feature.sides || []).map((side) => sideStyle(side).color);
  const part = (style) => L.geoJSON(feature.geometry, { pane, interactive: false, style: { lineCap: "butt", className: "front-edge", ...style } }).addTo(group);
  part({ color: "var(--map)", weight: 8, opacity: 0.9 });
  part({ color: left || "var(--ink)", weight: 5.5, dashArray: "9 9" });
  part({ color: right || "var(--ink)", weight: 5.5, dashArray: "9 9", dashOffset: "9" });
  if (!controlState(feature).dash.length) part({ color: "#1a1a1a", weight: 11, dashArray: "1.2 16.8", dashOffset: "-4" });
}

function drawFeature(scene, feature) {
  const style = STYLES[feature.layer](feature), group = L.featureGroup();
  const options = { pane: feature.layer, style: { ...style, lineJoin: "round" } };
  if (scene.many.has(feature.layer)) {
    options.style.renderer = scene[`canvas ${feature.layer}`] ??= L.canvas({ pane: feature.layer });
    if (String(style.fillColor).startsWith("url")) options.style.fillColor = style.color;
  }
  if (feature.layer === "routes") {
    L.geoJSON(feature.geometry, { ...options, interactive: false, style: { color: "var(--map)", weight: style.weight + 4, opacity: 0.9, className: "casing" } }).addTo(group);
  }
  if (feature.layer === "front_lines" && !scene.many.has(feature.layer)) drawFront(feature, feature.layer, group);
  const shape = L.geoJSON(feature.geometry, options).addTo(group);
  if (feature.layer === "routes" && stateStyle(feature.state).mark === "cross") drawCrosses(scene, feature, style.color, group);
  if (feature.layer === "flows") shape.on("add", () => shape.eachLayer((l) => l.getElement?.()?.setAttribute("marker-end", arrowHead(style.color))));
  shape.on("click", (event) => { if (measuring) return; L.DomEvent.stop(event); openDetail(scene, feature, event.latlng); });
  shape.on("add", () => shape.eachLayer((l) => l.getElement?.()?.setAttribute("data-key", feature.key)));
  return group;
}

/* Crosses along a route where nothing passes. */
function drawCrosses(scene, feature, color, group) {
  for (const share of [0.25, 0.5, 0.75]) {
    const [lon, lat] = along(lines(feature.geometry)[0], share);
    const mark = svg("svg", { viewBox: "0 0 14 14", width: 14, height: 14, "aria-hidden": "true" },
      svg("path", { d: "M2 2 L12 12 M12 2 L2 12", stroke: "var(--map)", "stroke-width": 5.5, fill: "none" }),
      svg("path", { d: "M2 2 L12 12 M12 2 L2 12", stroke: color, "stroke-width": 2.6, fill: "none" }));
    const marker = L.marker([lat, lon], { pane: "crosses", interactive: false, keyboard: false,
      icon: L.divIcon({ html: mark, className: "cross", iconSize: [14, 14], iconAnchor: [7, 7] }) }).addTo(group);
    scene.crosses.add(marker);
  }
}

/* The boxes of the crosses on the map, in layer pixels, for labels to keep clear of. */
function crossBoxes({ map, crosses }) {
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

/* Whether it is a report that stands beside the one that leads: listed, not drawn. */
function isBeside(feature) {
  return feature.standing === "agrees" || feature.standing === "differs";
}

/* Puts the day's lines and areas on the map and takes the others off. */
function drawShapes(scene, shown) {
  const wanted = new Set(), areas = new Set();
  for (const feature of shown.others) {
    if (!feature.geometry || isBeside(feature)) continue;
    if (feature.layer === "areas" && areas.has(feature.ground) && feature.event !== state.selected) continue;
    areas.add(feature.ground);
    wanted.add(feature.key);
    if (!scene.drawn.has(feature.key)) scene.drawn.set(feature.key, drawFeature(scene, feature));
    const layer = scene.drawn.get(feature.key);
    const added = !scene.map.hasLayer(layer), selected = feature.id === state.selected || (feature.event && feature.event === state.selected);
    if (added) layer.addTo(scene.map);
    const pale = paleness(age(feature, shown.day)), look = `${pale} ${Boolean(selected)}`;
    if (added || layer.look !== look) fade(layer, pale, selected);
    layer.look = look;
  }
  for (const [key, layer] of scene.drawn) if (!wanted.has(key) && scene.map.hasLayer(layer)) layer.remove();
}

/* The longer past, the paler. */
function paleness(past) {
  return past > 0 ? 0.85 - (0.5 * past) / state.recent : 1;
}

function fade(layer, opacity, selected) {
  if (layer.eachLayer) { layer.eachLayer((part) => fade(part, opacity, selected)); return; }
  const element = layer.getElement?.();
  if (!element) return;
  element.style.opacity = opacity === 1 ? "" : opacity;
  element.classList.toggle("faded", opacity < 1);
  element.classList.toggle("selected", Boolean(selected));
}

/* Draws a scene's day. */
function drawScene(scene) {
  scene.shown = shownOn(scene.dayOf());
  drawShapes(scene, scene.shown);
  settle(scene);
}

/* Draws what depends on where the map looks: markers or canvas, and labels. */
function settle(scene) {
  if (!scene.shown) return;
  layOut(scene, scene.canvas ? drawCanvas(scene) : inSightOf(scene));
  drawLabels(scene);
  for (const listener of settled) listener(scene);
}

const settled = [];
