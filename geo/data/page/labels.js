/* Labels that do not overlap: the most important first, each at the first free side of its point, else not at all. */
const SIDES = [[1, 0], [-1, 0], [0, -1], [0, 1], [1, -1], [1, 1], [-1, -1], [-1, 1]];
const FURTHER = SIDES.map(([x, y]) => [x * 4, y * 4]);
/* A city is an area: its name may stand anywhere in it, and must stand somewhere. */
const IN_THE_CITY = [-6, 6, -10, 10, -14, 14].flatMap((y) => [[0, y], [5, y], [-5, y], [9, y], [-9, y]]);
const labelElements = new Map();
let labelPane = null;

function startLabels(map) {
  labelPane = map.createPane("labels");
  labelPane.style.zIndex = 590;
  labelPane.classList.add("leaflet-zoom-hide");
}

function labelElement(item) {
  let element = labelElements.get(item.key);
  if (!element) {
    element = el("div", { class: `label label-${item.kind}`, "aria-hidden": "true" }, item.text);
    if (item.color) element.style.color = item.color;
    labelPane.append(element);
    element.size = [element.offsetWidth, element.offsetHeight];
    labelElements.set(item.key, element);
  }
  element.classList.toggle("faded", Boolean(item.faded));
  return element;
}

function overlaps(box, boxes) {
  return boxes.some((b) => box[0] < b[2] && b[0] < box[2] && box[1] < b[3] && b[1] < box[3]);
}

/* items: {key, text, kind, lat, lon, rank (0 first), gap (px from the point), far (may stand further off), wide (centred)}; taken: boxes in layer px. */
function placeLabels(map, items, taken) {
  const view = map.getPixelBounds(), origin = map.getPixelOrigin();
  const inside = L.bounds(view.min.subtract(origin), view.max.subtract(origin));
  const boxes = [...taken], used = new Set();
  const sorted = items.map((item, index) => ({ item, index })).sort((a, b) => a.item.rank - b.item.rank || a.index - b.index);
  for (const { item } of sorted) {
    const point = map.latLngToLayerPoint([item.lat, item.lon]);
    if (!inside.contains(point) || used.has(item.key)) continue;
    const element = labelElement(item), [width, height] = element.size, gap = item.gap ?? 5;
    const further = item.kind === "city" ? [...FURTHER, ...IN_THE_CITY] : item.far ? FURTHER : [];
    const places = item.wide ? [[0, 0]] : [...SIDES, ...further];
    for (const [x, y] of places) {
      const left = point.x + (x === 0 ? -width / 2 : x > 0 ? gap * x : gap * x - width) - (x && y ? x * gap * 0.4 : 0);
      const top = point.y + (y === 0 ? -height / 2 : y > 0 ? gap * y * 0.8 : gap * y * 0.8 - height);
      const box = [left, top, left + width, top + height];
      if (!inside.contains(L.bounds([[left, top], [left + width, top + height]])) || overlaps(box, boxes)) continue;
      boxes.push(box);
      used.add(item.key);
      L.DomUtil.setPosition(element, L.point(Math.round(left), Math.round(top)));
      break;
    }
  }
  for (const [key, element] of labelElements) element.hidden = !used.has(key);
}
