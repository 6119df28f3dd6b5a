/* Symbols as the style file has them: the type's symbol in the shape of its group, the side's colour, hollow if unreal. */
const UNREAL = { planned: "plan", proposed: "proposal", threatened: "threat", denied: "denied" };

function isUnreal(feature) {
  return Object.hasOwn(UNREAL, feature.modality ?? "");
}

function entry(table, name, fallback) {
  return table && Object.hasOwn(table, name ?? "") ? table[name] : fallback;
}

function sideOf(feature) {
  if (feature.side) return feature.side;
  const actors = Array.isArray(feature.actors) ? feature.actors : [];
  const initiator = actors.find((actor) => actor && actor.role === "initiator" && actor.side);
  return initiator ? initiator.side : feature.holder || "other";
}

/* The style of a side: the page is made with a style for each side that its features name. */
function sideColor(feature) {
  return sideStyle(sideOf(feature)).color;
}

function sideStyle(side) {
  return entry(data.style.sides, side || "other", { label: words(side), color: "#8a8a8a", hatch: "" });
}

function typeStyle(type, subtype) {
  return entry(data.style.subtypes, `${type}/${subtype}`, null) ?? entry(data.style.types, type, { label: capital(words(type)), symbol: "dot", shape: "disc" });
}

function modalityStyle(modality) {
  return entry(data.style.modalities, modality, { label: words(modality), fill: true, outline: [], opacity: 1 });
}

function stateStyle(state) {
  return entry(data.style.states, state, { label: words(state), dash: [], width: 3, mark: "" });
}

const NEUTRAL = "#5f5a52";

/* The symbol of an event. */
function symbolOf(feature, size) {
  return symbol(feature.type, sideColor(feature), feature.modality, size, feature.subtype);
}

/* A symbol of the given size in pixels. */
function symbol(type, color, modality, size, subtype) {
  const style = typeStyle(type, subtype), how = modalityStyle(modality);
  const shape = entry(data.style.shapes, style.shape, data.style.shapes.disc);
  const glyph = entry(data.style.symbols, style.symbol, data.style.symbols.dot);
  const dash = (how.outline || []).map((length) => (length * 24) / size).join(" ");
  const root = svg("svg", { viewBox: "-1.5 -1.5 27 27", width: size, height: size, "aria-hidden": "true", class: "symbol" });
  root.append(svg("path", { d: shape, class: "symbol-ground" }));
  root.append(svg("path", {
    d: shape, fill: how.fill ? color : "none", "fill-opacity": how.fill ? how.opacity ?? 1 : null,
    stroke: how.fill && !dash ? "var(--edge)" : color, "stroke-width": how.fill && !dash ? 1 : 2.2,
    "stroke-dasharray": dash || null, class: "symbol-shape",
  }));
  root.append(svg("path", { d: glyph, "fill-rule": "evenodd", fill: how.fill ? onColor(color) : ink(color), class: "symbol-glyph" }));
  if (how.strike) root.append(svg("path", { d: "M2 22 L22 2", stroke: color, "stroke-width": 2.4, fill: "none" }));
  return root;
}

/* Relative luminance, WCAG 2.2. */
function luminance(color) {
  const [r, g, b] = [1, 3, 5].map((at) => parseInt(color.slice(at, at + 2), 16) / 255)
    .map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/* White or near black, whichever can be read on the colour. */
function onColor(color) {
  const light = luminance(color);
  return 1.05 / (light + 0.05) >= (light + 0.05) / 0.06 ? "#ffffff" : "#1c1a17";
}

/* The colour, or near black where it is too pale for thin strokes on paper. */
function ink(color) {
  return 1.05 / (luminance(color) + 0.05) < 2.2 ? "#3b382f" : color;
}

/* Hatches and arrow heads, which styles name by url(#…): their ids are counted, never made from data. */
const patterns = new Map();

function hatch(kind, color) {
  const key = `${kind} ${color}`;
  if (!patterns.has(key)) {
    const id = `hatch-${patterns.size}`;
    patterns.set(key, id);
    const strokes = { "/": "M-2 10 L10 -2 M-2 2 L2 -2 M6 10 L10 6", "\\": "M-2 -2 L10 10 M-2 6 L2 10 M6 -2 L10 2",
      x: "M-1 -1 L9 9 M-1 9 L9 -1", "-": "M0 4 L8 4", "|": "M4 0 L4 8", "+": "M0 4 L8 4 M4 0 L4 8" };
    const mark = kind[0] === "." ? svg("circle", { cx: 4, cy: 4, r: 1.1, fill: color })
      : svg("path", { d: strokes[kind[0]] || strokes["/"], stroke: color, "stroke-width": 1.1, fill: "none" });
    byId("defs").append(svg("pattern", { id, width: 8, height: 8, patternUnits: "userSpaceOnUse" }, mark));
  }
  return `url(#${patterns.get(key)})`;
}

function arrowHead(color) {
  const key = `arrow ${color}`;
  if (!patterns.has(key)) {
    const id = `arrow-${patterns.size}`;
    patterns.set(key, id);
    byId("defs").append(svg("marker", { id, viewBox: "0 0 10 10", refX: 8, refY: 5, markerWidth: 4.2, markerHeight: 4.2,
      orient: "auto" }, svg("path", { d: "M0 0 L10 5 L0 10 L2.5 5 Z", fill: color })));
  }
  return `url(#${patterns.get(key)})`;
}
