/* Events as markers, up to MANY of them: with their circles of doubt, moved apart where they would hide each other, and
   counted together where there are too many of them to be told apart. */
const MARKER = 28;
const HALF = MARKER / 2 + 1;
const TAG = 56; /* px that the word beside a proposal takes */
const CELL = 60; /* px: within a square of this side at most DENSE markers stand alone */
const DENSE = 8;
const FEW = 150; /* markers in sight, above which fewer may stand together */
const FEW_WIDE = 6; /* circles over wide areas, above which only the selected one is drawn */

function eventMarker(scene, i) {
  if (scene.markers.has(i)) return scene.markers.get(i);
  const feature = eventAt(i), [lon, lat] = feature.geometry.coordinates;
  const face = el("div", { class: "marker-face" }, symbol(feature.type, sideColor(feature), feature.modality, MARKER),
    isUnreal(feature) ? el("span", { class: "tag" }, UNREAL[feature.modality]) : null);
  const marker = L.marker([lat, lon], { keyboard: true, riseOnHover: true, alt: feature.label || words(feature.type),
    icon: L.divIcon({ html: face, className: "marker", iconSize: [MARKER, MARKER], iconAnchor: [MARKER / 2, MARKER / 2], popupAnchor: [0, -MARKER / 2] }) });
  const pick = (event) => { if (measuring) addPoint(event.latlng ? event : { latlng: marker.getLatLng() }); else choose({ selected: feature.id }); };
  marker.on("click", pick);
  marker.on("keydown", (event) => { if (event.originalEvent.key === "Enter") pick(event); });
  marker.on("add", () => {
    const element = marker.getElement();
    element.setAttribute("data-id", feature.id);
    element.setAttribute("role", "button");
    element.setAttribute("aria-label", `${feature.label || words(feature.type)}, ${feature.when}`);
  });
  marker.feature = feature;
  scene.markers.set(i, marker);
  return marker;
}

/* Puts the markers, clusters and circles of what is in sight on the map and takes the others off. */
function layOut(scene) {
  const { map } = scene, placed = Array.from(scene.shown.events).filter((i) => !table.wide[i]);
  const bounds = map.getBounds().pad(0.3);
  const near = placed.length <= FEW ? placed : placed.filter((i) => inBounds(i, bounds));
  const { alone, together } = gather(map, near);
  const wanted = new Set(alone);
  for (const [i, marker] of scene.markers) if (!wanted.has(i) && map.hasLayer(marker)) marker.remove();
  for (const i of alone) {
    const marker = eventMarker(scene, i);
    if (!map.hasLayer(marker)) marker.addTo(map);
    fade(marker, paleness(age(marker.feature, scene.shown.day)), marker.feature.id === state.selected);
  }
  drawClusters(scene, together);
  drawHalos(scene, alone);
  scene.boxes = spread(scene, alone);
}

function inBounds(i, bounds) {
  const lon = table.lon[i], lat = table.lat[i];
  return lat >= bounds.getSouth() && lat <= bounds.getNorth() && lon >= bounds.getWest() && lon <= bounds.getEast();
}

/* Which events stand alone and which together: a square of the map holds at most so many that stand alone. */
function gather(map, events) {
  const cells = new Map(), most = events.length > 4 * FEW ? 1 : events.length > FEW ? 3 : DENSE;
  for (const i of events) {
    const point = map.project([table.lat[i], table.lon[i]]);
    const key = `${Math.floor(point.x / CELL)} ${Math.floor(point.y / CELL)}`;
    if (!cells.has(key)) cells.set(key, []);
    cells.get(key).push(i);
  }
  const alone = [], together = [];
  for (const cell of cells.values()) {
    const chosen = cell.filter((i) => eventAt(i).id === state.selected);
    if (cell.length <= most) alone.push(...cell);
    else { together.push(cell); alone.push(...chosen); }
  }
  return { alone, together };
}

/* A ring in the colours of the sides, with the number of events in it. */
function drawClusters(scene, groups) {
  for (const marker of scene.clusters) marker.remove();
  scene.clusters = groups.map((events) => {
    const mean = (column) => events.reduce((sum, i) => sum + column[i], 0) / events.length;
    const size = Math.min(54, 30 + 6 * Math.log10(events.length) * 2), sides = new Map();
    for (const i of events) { const color = sideColor(eventAt(i)); sides.set(color, (sides.get(color) ?? 0) + 1); }
    const face = svg("svg", { viewBox: "-18 -18 36 36", width: size, height: size, "aria-hidden": "true" }, svg("circle", { r: 14, class: "cluster-ground" }), ...ring(sides, events.length));
    face.append(svg("text", { y: 4, "text-anchor": "middle", class: "cluster-count" }, thousands(events.length)));
    const marker = L.marker([mean(table.lat), mean(table.lon)], { keyboard: true, alt: `${events.length} events`,
      icon: L.divIcon({ html: face, className: "cluster", iconSize: [size, size] }) }).addTo(scene.map);
    const element = marker.getElement();
    element.setAttribute("role", "button");
    element.setAttribute("aria-label", `${events.length} events close together: look closer`);
    marker.on("click", (event) => { if (measuring) addPoint(event); else openCluster(scene, events, marker.getLatLng()); });
    marker.on("keydown", (event) => { if (event.originalEvent.key === "Enter") openCluster(scene, events, marker.getLatLng()); });
    return marker;
  });
}

function ring(sides, total) {
  let angle = -Math.PI / 2;
  return [...sides].sort((a, b) => b[1] - a[1]).map(([color, count]) => {
    const end = angle + (2 * Math.PI * count) / total * 0.9999, at = (a) => `${(15.5 * Math.cos(a)).toFixed(2)} ${(15.5 * Math.sin(a)).toFixed(2)}`;
    const path = svg("path", { d: `M${at(angle)} A15.5 15.5 0 ${end - angle > Math.PI ? 1 : 0} 1 ${at(end)}`, fill: "none", stroke: color, "stroke-width": 4 });
    angle = end;
    return path;
  });
}

/* Looks closer, or, where no closer look tells them apart, lists them. */
function openCluster(scene, events, at) {
  const bounds = L.latLngBounds(events.map((i) => [table.lat[i], table.lon[i]])), { map } = scene;
  const closer = Math.min(map.getBoundsZoom(bounds.pad(0.2)), 17);
  const apart = map.project(bounds.getNorthEast(), closer).distanceTo(map.project(bounds.getSouthWest(), closer));
  if (apart > CELL && closer > map.getZoom()) { map.setView(bounds.getCenter(), closer, { animate: false }); keepView(map); return; }
  const items = events.slice(0, 100).map((i) => eventAt(i));
  openPopup(scene, at, el("div", { class: "detail" }, el("h2", {}, `${thousands(events.length)} events here`),
    el("ul", { class: "here" }, items.map((f) => el("li", {}, el("button", { type: "button", "data-id": f.id, click: () => choose({ selected: f.id }) },
      symbol(f.type, sideColor(f), f.modality, 20), el("span", { class: "item" }, el("span", { class: "item-title", dir: "auto" }, title(f)), el("span", { class: "item-facts" }, f.when)))))),
    items.length < events.length ? el("p", { class: "source" }, `and ${thousands(events.length - items.length)} more in the list`) : null));
}

/* How exactly an event is placed: a circle around it. */
function drawHalos(scene, alone) {
  const wide = Array.from(scene.shown.events).filter((i) => table.wide[i] && table.near[i] > 0 && inTheatre(table.lon[i], table.lat[i]) && isCircled(i));
  const chosen = (i) => eventAt(i).id === state.selected;
  const wanted = new Map(), ground = new Set();
  for (const i of state.circles ? [...alone.filter(isCircled), ...(wide.length <= FEW_WIDE ? wide : wide.filter(chosen))] : []) {
    const key = `${table.lon[i]} ${table.lat[i]} ${table.near[i]} ${table.side.codes[i]}`;
    if (!table.near[i] || (ground.has(key) && !chosen(i))) continue;
    ground.add(key);
    wanted.set(i, null);
  }
  for (const [i, halo] of scene.halos) if (!wanted.has(i)) { halo.remove(); scene.halos.delete(i); }
  for (const i of wanted.keys()) {
    if (!scene.halos.has(i)) scene.halos.set(i, halo(scene, i));
    fade(scene.halos.get(i), paleness(age(eventAt(i), scene.shown.day)), chosen(i));
  }
}

/* Whether a circle says how exactly an event is placed; of others an area or a route does. */
function isCircled(i) {
  return !table.records || Boolean(table.records[i].circle);
}

function halo(scene, i) {
  const feature = eventAt(i);
  const circle = L.circle([table.lat[i], table.lon[i]], { pane: "areas", radius: table.near[i], ...areaStyle("uncertainty", sideColor(feature), table.wide[i]) });
  circle.on("click", (event) => { if (measuring) return; L.DomEvent.stop(event); choose({ selected: feature.id }); });
  circle.addTo(scene.map);
  circle.getElement()?.setAttribute("data-halo", feature.id);
  return circle;
}

/* Markers that would hide each other move apart, each tied to its own point by a line. Gives the boxes they fill. */
function spread(scene, alone) {
  const { map, leaders } = scene;
  leaders.clearLayers();
  const items = alone.map((i, number) => {
    const at = [table.lat[i], table.lon[i]], point = map.latLngToLayerPoint(at), angle = number * 2.39996;
    /* the golden angle: markers of one point leave it in different directions */
    return { marker: scene.markers.get(i), point, at, x: point.x + Math.cos(angle), y: point.y + Math.sin(angle), half: HALF, right: HALF + (isUnreal(eventAt(i)) ? TAG : 0) };
  });
  const clusters = scene.clusters.map((marker) => ({ ...map.latLngToLayerPoint(marker.getLatLng()), half: 22, right: 22, fixed: true }));
  for (let round = 0; round < (items.length > FEW ? 12 : 80) && pushApart([...clusters, ...items]); round++);
  for (const item of items) {
    const moved = Math.hypot(item.x - item.point.x, item.y - item.point.y) > 4;
    const place = moved ? map.layerPointToLatLng([Math.round(item.x), Math.round(item.y)]) : L.latLng(item.at);
    item.marker.setLatLng(place);
    if (!moved) continue;
    L.polyline([item.at, place], { pane: "leaders", className: "leader", weight: 1, interactive: false }).addTo(leaders);
    L.circleMarker(item.at, { pane: "leaders", radius: 2.5, className: "leader-dot", interactive: false }).addTo(leaders);
  }
  return [...items.map((item) => [item.x - HALF, item.y - HALF, item.x + item.right, item.y + HALF]),
    ...clusters.map(({ x, y }) => [x - 22, y - 22, x + 22, y + 22])];
}

/* One round: boxes that overlap share the way apart, along the shorter axis; clusters stay. False once none does. */
function pushApart(items) {
  let moved = false;
  for (let i = 0; i < items.length; i++) {
    for (let j = i + 1; j < items.length; j++) {
      const a = items[i], b = items[j];
      const acrossX = Math.min(a.x + a.right - (b.x - b.half), b.x + b.right - (a.x - a.half));
      const acrossY = a.half + b.half - Math.abs(a.y - b.y);
      if (acrossX <= 0 || acrossY <= 0 || (a.fixed && b.fixed)) continue;
      const axis = acrossX < acrossY ? "x" : "y", way = (Math.min(acrossX, acrossY) + 0.4) * (a[axis] <= b[axis] ? 1 : -1);
      if (!a.fixed) a[axis] -= b.fixed ? way : way / 2;
      if (!b.fixed) b[axis] += a.fixed ? way : way / 2;
      moved = true;
    }
  }
  return moved;
}
