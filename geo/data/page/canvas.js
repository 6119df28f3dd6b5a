/* Very many events: one canvas over the map, drawn from the columns of the table, as dots written into the pixels themselves,
   newest first, so that no pixel is drawn twice. Where few are in sight, markers stand for them as on other pages. */
const MARKERS_UP_TO = 1000; /* events in sight */
const MARGIN = 0.15; /* of the view, drawn beyond its edge so that a drag does not uncover nothing */

function startCanvas(scene) {
  const { map } = scene, canvas = el("canvas", { class: "leaflet-zoom-hide events-canvas", "aria-hidden": "true" });
  map.getPane("dots").append(canvas);
  scene.canvas = { canvas, pen: canvas.getContext("2d", { willReadFrequently: true }), drawn: [] };
  map.on("click", (event) => { if (measuring) return; const i = eventNear(scene, event.containerPoint); if (i !== null) choose({ selected: eventAt(i).id }); });
  map.on("mousemove", (event) => { map.getContainer().classList.toggle("on-event", eventNear(scene, event.containerPoint) !== null); });
}

/* Draws the events in sight as dots; gives those that markers shall stand for: all of a few, instead; of many the selected one. */
function drawCanvas(scene) {
  const { map, shown } = scene, { canvas, pen } = scene.canvas, size = map.getSize(), density = Math.min(2, devicePixelRatio || 1);
  const margin = L.point(Math.round(size.x * MARGIN), Math.round(size.y * MARGIN)), corner = map.containerPointToLayerPoint(margin.multiplyBy(-1));
  const width = Math.round((size.x + 2 * margin.x) * density), height = Math.round((size.y + 2 * margin.y) * density);
  if (canvas.width !== width || canvas.height !== height) { canvas.width = width; canvas.height = height; }
  canvas.style.width = `${width / density}px`;
  canvas.style.height = `${height / density}px`;
  L.DomUtil.setPosition(canvas, corner);
  pen.clearRect(0, 0, width, height);
  const world = 256 * 2 ** map.getZoom() * density, origin = map.getPixelOrigin().add(corner).multiplyBy(density);
  const { events } = shown, { x, y, wide } = table, room = new Uint32Array(events.length);
  let count = 0;
  for (let k = 0; k < events.length; k++) {
    const i = events[k], px = x[i] * world - origin.x, py = y[i] * world - origin.y;
    if (px > -20 && py > -20 && px < width + 20 && py < height + 20 && !wide[i]) room[count++] = i;
  }
  const few = count <= MARKERS_UP_TO && !sliding, seen = few ? room.subarray(0, 0) : room.subarray(0, count);
  Object.assign(scene.canvas, { drawn: seen, world, origin, density, margin });
  if (few) return Array.from(room.subarray(0, count));
  drawDots(scene, seen, width, height);
  const chosen = featureById(state.selected)?.at;
  return chosen !== undefined && seen.includes(chosen) ? [chosen] : [];
}

/* Dots of the side's colour with a pale rim; hollow where it did not happen. */
function drawDots(scene, seen, width, height) {
  const { pen, density, world, origin } = scene.canvas, { x, y, side, modality } = table, radius = Math.round((seen.length > 20000 ? 2 : 3) * density);
  const { image, pixels, taken } = buffers(scene, width, height);
  const colors = side.values.map((name) => pixelOf(sideStyle(name).color)), hollow = modality.values.map((name) => Object.hasOwn(UNREAL, name));
  const { core, inner, rim } = stamp(radius, density, width), white = pixelOf("#ffffff"), edge = radius + 2;
  const around = [0, 1, -1, width, -width];
  for (let k = seen.length - 1; k >= 0; k--) {
    const i = seen[k], px = Math.round(x[i] * world - origin.x), py = Math.round(y[i] * world - origin.y), at = py * width + px;
    if (px < edge || py < edge || px >= width - edge || py >= height - edge || taken[at]) continue;
    const color = colors[side.codes[i]], empty = hollow[modality.codes[i]];
    for (let n = 0; n < core.length; n++) {
      const spot = at + core[n];
      if (!pixels[spot] || pixels[spot] === white) pixels[spot] = empty && inner[n] ? white : color;
    }
    for (let n = 0; n < rim.length; n++) if (!pixels[at + rim[n]]) pixels[at + rim[n]] = white;
    for (const step of around) taken[at + step] = 1;
  }
  pen.putImageData(image, 0, 0);
  scene.canvas.reach = (radius + 4) * density;
}

/* The picture that dots are written into, empty, and which of its pixels are the middle of a dot; kept from time to time. */
function buffers(scene, width, height) {
  let kept = scene.canvas.buffers;
  if (kept?.image.width !== width || kept.image.height !== height) {
    const image = scene.canvas.pen.createImageData(width, height);
    kept = scene.canvas.buffers = { image, pixels: new Uint32Array(image.data.buffer), taken: new Uint8Array(width * height) };
  } else { kept.pixels.fill(0); kept.taken.fill(0); }
  return kept;
}

/* The pixels of a dot, as steps from its middle in a picture of that width: its disc, which of these lie inside, its rim. */
function stamp(radius, density, width) {
  const core = [], inner = [], rim = [];
  for (let dy = -radius - 1; dy <= radius + 1; dy++) {
    for (let dx = -radius - 1; dx <= radius + 1; dx++) {
      const far = Math.hypot(dx, dy);
      if (far <= radius + 0.3) { core.push(dy * width + dx); inner.push(Number(far <= radius - 1.2 * density)); } else if (far <= radius + 1.2) rim.push(dy * width + dx);
    }
  }
  return { core: Int32Array.from(core), inner: Uint8Array.from(inner), rim: Int32Array.from(rim) };
}

/* A colour as a pixel: little-endian, as all machines that browsers run on are. */
function pixelOf(color) {
  const [r, g, b] = [1, 3, 5].map((at) => parseInt(color.slice(at, at + 2), 16));
  return ((255 << 24) | (b << 16) | (g << 8) | r) >>> 0;
}

/* The event nearest to a point of the map's window, if one is within reach; the newest of those equally near. */
function eventNear(scene, { x: cx, y: cy }) {
  const { drawn, world, origin, density, margin, reach } = scene.canvas, px = (cx + margin.x) * density, py = (cy + margin.y) * density;
  let best = null, least = reach * reach;
  for (let k = drawn.length - 1; k >= 0; k--) {
    const dx = table.x[drawn[k]] * world - origin.x - px, dy = table.y[drawn[k]] * world - origin.y - py, far = dx * dx + dy * dy;
    if (far < least) { least = far; best = drawn[k]; }
  }
  return best;
}
