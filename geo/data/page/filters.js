/* Which events and other features pass what the reader has asked for, and how many would. */
const LAYER_NAMES = { events: "Events", routes: "Routes", areas: "Sieges and areas", flows: "Movements", control: "Control", front_lines: "Front lines" };
let shownBefore = new Map();

function forgetShown() {
  shownBefore = new Map();
}

function isFiltered() {
  return state.sure > 0 || FACETS.some((name) => state[name].size);
}

function allowed(name, value) {
  return !state[name].size || state[name].has(value);
}

/* For each value of a column whether it is asked for. */
function passesOf(name) {
  return Uint8Array.from(table[name].values, (value) => Number(allowed(name, value)));
}

/* The events and other features of a day that pass: {events: numbers in the table, others: features, total: events without
   filters, counts: by facet and value, with all other filters kept}. */
function shownOn(day) {
  const key = `${day} ${state.recent}`;
  if (!shownBefore.has(key)) {
    if (shownBefore.size > 3) shownBefore.clear();
    const events = eventsOn(day), passing = new Set(table.records ? Array.from(events.events, (i) => eventAt(i).id) : []);
    const others = data.others.filter((f) => age(f, day) !== null);
    for (const f of others) events.counts.layer.set(f.layer, (events.counts.layer.get(f.layer) ?? 0) + 1);
    shownBefore.set(key, { ...events, day, others: others.filter((f) => otherPasses(f, passing)) });
  }
  return shownBefore.get(key);
}

function eventsOn(day) {
  const names = ["type", "side", "modality", "source"], passes = names.map(passesOf), codes = names.map((name) => table[name].codes);
  const tally = names.map((name) => new Uint32Array(table[name].values.length)), wanted = allowed("layer", "events"), filtered = isFiltered();
  const { sure } = table, within = eventsWithin(day), events = filtered ? [] : within;
  const [type, side, modality, source] = codes;
  for (let n = 0; n < within.length; n++) {
    const i = within[n];
    if (!filtered) { tally[0][type[i]]++; tally[1][side[i]]++; tally[2][modality[i]]++; tally[3][source[i]]++; continue; }
    if (state.sure && !(sure[i] >= state.sure)) continue;
    let failed = 0, last = -1;
    for (let k = 0; k < 4; k++) if (!passes[k][codes[k][i]] && !(k === 3 && alsoPasses(i, passes[3]))) { failed += 1; last = k; }
    if (!failed) { if (wanted) events.push(i); for (let k = 0; k < 4; k++) tally[k][codes[k][i]] += 1; }
    else if (failed === 1) tally[last][codes[last][i]] += 1;
  }
  const counts = Object.fromEntries(names.map((name, k) => [name, new Map(table[name].values.map((value, code) => [value, tally[k][code]]))]));
  counts.layer = new Map([["events", within.length]]);
  return { events: filtered ? Uint32Array.from(events) : events, total: within.length, counts };
}

/* The events of a day and of the days before it that the reader asked for. Those that last long stand in a list of their
   own, so that of the others only those that begin near the day are looked at. */
function eventsWithin(day) {
  const { from, to, always, sorted } = table, oldest = day - state.recent, shows = (i) => from[i] <= day && !(to[i] <= oldest && to[i] < day);
  const first = lowerBound(from, oldest - LONG, sorted), end = lowerBound(from, day + 1, sorted), found = new Uint32Array(end - first + always.length);
  let count = 0;
  for (const i of always) if (i < first && shows(i)) found[count++] = i;
  for (let i = first; i < end; i++) if (shows(i)) found[count++] = i;
  for (const i of always) if (i >= sorted && shows(i)) found[count++] = i;
  return found.subarray(0, count);
}

/* The first row whose day is not before the given one. */
function lowerBound(days, day, count) {
  let low = 0, high = count;
  while (low < high) { const middle = (low + high) >> 1; if (days[middle] < day) low = middle + 1; else high = middle; }
  return low;
}

function alsoPasses(i, passes) {
  return table.alsoFrom.get(i)?.some((code) => passes[code]) ?? false;
}

/* Type and status are of events: areas and movements follow the event that they belong to, what lasts does not. */
function otherPasses(feature, passing) {
  if (!allowed("layer", feature.layer)) return false;
  if (state.sure && typeof feature.confidence === "number" && feature.confidence < state.sure) return false;
  if (!feature.lasting && feature.event && data.byId.has(feature.event)) return passing.has(feature.event) || !allowed("layer", "events");
  if (state.source.size && !state.source.has(sourceName(feature))) return false;
  return !state.side.size || sidesOf(feature).some((side) => state.side.has(side));
}

function sidesOf(feature) {
  return Array.isArray(feature.sides) ? feature.sides : [feature.side || feature.holder || "other"];
}

/* --- the controls ------------------------------------------------------------------------------------------------------- */
const FACET_NAMES = { layer: "Layer", type: "Type of event", side: "Side", modality: "Status", source: "Source" };

function facetValues(name) {
  if (name === "layer") return ["events", ...Object.keys(LAYER_NAMES).slice(1).filter((layer) => data.others.some((f) => f.layer === layer))];
  const named = name === "side" ? data.others.flatMap(sidesOf) : name === "source" ? data.others.map(sourceName) : [];
  const values = new Set([...table[name].values, ...named]);
  const known = { type: data.style.types, side: data.style.sides, modality: data.style.modalities }[name];
  return known ? inOrder([...values], known) : [...values].filter(Boolean).sort((a, b) => a.localeCompare(b, "en"));
}

function facetLabel(name, value) {
  return { layer: () => LAYER_NAMES[value] ?? words(value), type: () => typeStyle(value).label, side: () => sideStyle(value).label,
    modality: () => modalityStyle(value).label, source: () => value }[name]();
}

function facetMark(name, value) {
  if (name === "type") return symbol(value, NEUTRAL, "happened", 18);
  if (name === "side") return dot(sideStyle(value).color);
  return name === "modality" ? symbol("other", NEUTRAL, value, 18) : null;
}

function toggleFacet(name, value, on) {
  const chosen = new Set(state[name]);
  if (on) chosen.add(value); else chosen.delete(value);
  choose({ [name]: chosen });
}

/* A group of check boxes; none ticked means all. */
function facetGroup(name) {
  const values = facetValues(name);
  if (values.length < 2) return null;
  return el("fieldset", { class: "facet", "data-facet": name }, el("legend", {}, FACET_NAMES[name]),
    values.map((value) => {
      const box = el("input", { type: "checkbox", change: (event) => toggleFacet(name, value, event.target.checked) });
      const count = el("span", { class: "count" });
      facetBoxes.push({ name, value, box, count });
      return el("label", {}, box, facetMark(name, value), el("span", { class: "facet-name", dir: "auto" }, facetLabel(name, value)), count);
    }));
}

let facetBoxes = [];

function startFilters() {
  const sure = el("input", { type: "range", id: "sure", min: 0, max: 100, step: 5, input: (event) => choose({ sure: Number(event.target.value) / 100 }) });
  byId("filters-body").append(el("p", { class: "note" }, "Nothing ticked in a group: all of it shows."),
    ...FACETS.map(facetGroup).filter(Boolean),
    el("fieldset", { class: "facet" }, el("legend", {}, "Confidence of the reading"),
      el("label", { class: "sure" }, sure, el("output", { id: "sure-text", for: "sure" }))),
    el("fieldset", { class: "facet" }, el("legend", {}, "On the map"),
      el("label", {}, el("span", {}, "Names "), el("select", { id: "labels", change: (event) => choose({ labels: event.target.value }) },
        el("option", { value: "en" }, "English"), el("option", { value: "ar", lang: "ar" }, "العربية"), el("option", { value: "both" }, "English, العربية"))),
      el("label", {}, el("input", { type: "checkbox", id: "circles", change: (event) => choose({ circles: event.target.checked }) }), "Circles of doubt"),
      el("label", {}, el("input", { type: "checkbox", id: "nearby", change: (event) => choose({ nearby: event.target.checked }) }), "List only what is in view")));
  sure.setAttribute("aria-label", "Least confidence");
  byId("filters").addEventListener("toggle", () => { if (scenes.length) drawFilters(scenes[0].shown); });
  listeners.push(forgetShown);
}

function drawFilters(shown) {
  for (const { name, value, box, count } of byId("filters").open ? facetBoxes : []) {
    const number = shown.counts[name]?.get(value) ?? 0;
    box.checked = state[name].has(value);
    count.textContent = name === "layer" || shown.counts[name]?.has(value) ? thousands(number) : "";
    box.parentElement.classList.toggle("none", !number && !box.checked);
  }
  byId("sure").value = Math.round(state.sure * 100);
  byId("sure-text").textContent = state.sure ? `at least ${Math.round(state.sure * 100)} %` : "any";
  byId("labels").value = state.labels;
  byId("circles").checked = state.circles;
  byId("nearby").checked = state.nearby;
  drawChips(shown);
}

/* What is asked for, each with a button that takes it back. */
function drawChips(shown) {
  const chip = (text, undo) => el("li", {}, el("button", { type: "button", class: "chip", click: undo, "aria-label": `Remove the filter: ${text}` },
    el("span", { dir: "auto" }, text), el("span", { "aria-hidden": "true" }, " ×")));
  const chips = FACETS.flatMap((name) => [...state[name]].map((value) => chip(facetLabel(name, value), () => toggleFacet(name, value, false))));
  if (state.sure) chips.push(chip(`confidence at least ${Math.round(state.sure * 100)} %`, () => choose({ sure: 0 })));
  if (chips.length > 1) chips.push(el("li", {}, el("button", { type: "button", class: "chip all", id: "clear", click: clearFilters }, "Clear all")));
  byId("chips").replaceChildren(...chips);
  byId("chips").hidden = !chips.length;
  byId("filters-count").textContent = isFiltered() ? `${thousands(shown.events.length)} of ${thousands(shown.total)} events` : "";
}

function clearFilters() {
  choose({ sure: 0, ...Object.fromEntries(FACETS.map((name) => [name, new Set()])) });
}
