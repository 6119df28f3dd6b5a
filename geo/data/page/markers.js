/* Events as markers, up to so many that a canvas takes over: with their circles of doubt, moved apart where they would hide each other, and
   counted together where there are too many of them to be told apart. */
const MARKER = 28;
const HALF = MARKER / 2 + 1;
const TAG = 56; /* px that the word beside a proposal takes */
const CELL = 60; /* px: within a square of this side at most DENSE markers stand alone */
const DENSE = 8;
const APART = 46; /* px between the middles of two rings */
const FEW = 150; /* markers in sight, above which fewer may stand together */
const FEW_WIDE = 6; /* circles over wide areas, above which only the selected one is drawn */

function eventMarker(scene, i) {
  if (scene.markers.has(i)) return scene.markers.get(i);
  const feature = eventAt(i), [lon, lat] = feature.geometry.coordinates;
  const face = el("div", { class: "marker-face" }, symbolOf(feature, MARKER),
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
function layOut(scene, near) {
  const { map } = scene, { alone, together } = gather(map, near);
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

/* The events that a marker may stand for. */
function inSightOf({ map, shown }) {
  const placed = Array.from(shown.events).filter((i) => !table.wide[i]), bounds = map.getBounds().pad(0.3);
  return placed.length <= FEW ? placed : placed.filter((i) => inBounds(i, bounds));
}

function inBounds(i, bounds) {
  const lon = table.lon[i], lat = table.lat[i];
  return lat >= bounds.getSouth() && lat <= bounds.getNorth() && lon >= bounds.getWest() && lon <= bounds.getEast();
}

/* Which events stand alone and which together: a square of the map holds at most so many that stand alone. */
function gather(map, events) {
  const cells = new Map(), most = events.length > 2 * FEW ? 1 : events.length > FEW ? 3 : DENSE;
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
  return { alone, together: merged(map, together) };
}

function meanOf(events) {
  const mean = (column) => events.reduce((sum, i) => sum + column[i], 0) / events.length;
  return [mean(table.lat), mean(table.lon)];
}

/* Groups whose rings would hide each other become one, the largest first. */
function merged(map, groups) {
  const found = [];
  for (const events of groups.toSorted((a, b) => b.length - a.length || a[0] - b[0])) {
    const point = map.project(meanOf(events)), near = found.find((group) => group.point.distanceTo(point) < APART);
    if (!near) { found.push({ events, point }); continue; }
    near.events = near.events.concat(events);
    near.point = map.project(meanOf(near.events));
  }
  return found.map(({ events }) => events);
}

/* A ring in the colours of the sides, with the number of events in it. */
function drawClusters(scene, groups) {
  const before = new Map(scene.clusters.map((marker) => [marker.events, marker]));
  scene.clusters = groups.map((events) => {
    const key = events.join(" "), same = before.get(key);
    if (same) { before.delete(key); return same; }
    const size = Math.min(54, 30 + 6 * Math.log10(events.length) * 2), sides = new Map();
    for (const i of events) { const color = sideColor(eventAt(i)); sides.set(color, (sides.get(color) ?? 0) + 1); }
    const face = svg("svg", { viewBox: "-18 -18 36 36", width: size, height: size, "aria-hidden": "true" }, svg("circle", { r: 14, class: "cluster-ground" }), ...ring(sides, events.length));
    face.append(svg("text", { y: 4, "text-anchor": "middle", class: "cluster-count" }, thousands(events.length)));
    const marker = L.marker(meanOf(events), { keyboard: true, alt: `${events.length} events`,
      icon: L.divIcon({ html: face, className: "cluster", iconSize: [size, size] }) }).addTo(scene.map);
    marker.events = key;
    const element = marker.getElement();
    element.setAttribute("role", "button");
    element.setAttribute("aria-label", `${events.length} events close together: look closer`);
    marker.on("click", (event) => { if (measuring) addPoint(event); else openCluster(scene, events, marker.getLatLng()); });
    marker.on("keydown", (event) => { if (event.originalEvent.key === "Enter") openCluster(scene, events, marker.getLatLng()); });
    return marker;
  });
  for (const marker of before.values()) marker.remove();
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
      symbolOf(f, 20), el("span", { class: "item" }, el("span", { class: "item-title", dir: "auto" }, title(f)), el("span", { class: "item-facts" }, f.when)))))),
    items.length < events.length ? el("p", { class: "source" }, `and ${thousands(events.length - items.length)} more in the list`) : null));
}

/* How exactly an event is placed: a circle around it. */
function drawHalos(scene, alone) {
  const wide = fewWide(scene.shown.events);
  const chosen = (i) => eventAt(i).id === state.selected;
  const wanted = new Map(), ground = new Set();
  for (const i of state.circles ? [...alone.filter(isCircled), ...wide] : []) {
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

/* The events over wide areas whose circles are drawn: all of a few, else the selected one. */
function fewWide(events) {
  const found = [], selected = featureById(state.selected)?.at;
  for (const i of events) {
    if (!table.wide[i] || !(table.near[i] > 0) || !inTheatre(table.lon[i], table.lat[i]) || !isCircled(i)) continue;
    if (found.push(i) > FEW_WIDE) return events.includes(selected) && table.wide[selected] && isCircled(selected) ? [selected] : [];
  }
  return found;
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
  const { map } = scene, leaders = [];
  const items = alone.map((i, number) => {
    const at = [table.lat[i], table.lon[i]], point = map.latLngToLayerPoint(at), angle = number * 2.39996;
    /* the golden angle: markers of one point leave it in different directions */
    return { marker: scene.markers.get(i), point, at, x: point.x + Math.cos(angle), y: point.y + Math.sin(angle), half: HALF, right: HALF + (isUnreal(eventAt(i)) ? TAG : 0) };
  });
  const clusters = scene.clusters.map((marker) => ({ ...map.latLngToLayerPoint(marker.getLatLng()), half: 22, right: 22, fixed: true }));
  for (let round = 0; round < (items.length > FEW ? 12 : items.length > 60 ? 24 : 80) && pushApart([...clusters, ...items]); round++);
  for (const item of items) {
    const moved = Math.hypot(item.x - item.point.x, item.y - item.point.y) > 4;
    const place = moved ? map.layerPointToLatLng([Math.round(item.x), Math.round(item.y)]) : L.latLng(item.at);
    item.marker.setLatLng(place);
    if (!moved) continue;
    leaders.push([item.at, place]);
  }
  scene.leaders.setLatLngs(leaders);
  scene.origins.setLatLngs(leaders.map(([at]) => [at, at]));
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
