/* The legend: only what is to be seen, on the day and where the map looks. */
function legendGroup(heading, items) {
  return items.length ? el("section", {}, el("h3", {}, heading),
    el("ul", {}, items.map(([mark, text]) => el("li", {}, mark, el("span", {}, text))))) : null;
}

function distinct(values) {
  return [...new Set(values.filter(Boolean))];
}

function inOrder(values, table) {
  const order = Object.keys(table || {});
  return distinct(values).sort((a, b) => ((order.indexOf(a) + 1) || 99) - ((order.indexOf(b) + 1) || 99));
}

/* Types, and subtypes after their type. */
function kindsInOrder(kinds) {
  const order = Object.keys(data.style.types), place = ([type]) => (order.indexOf(type) + 1) || 99;
  const once = new Map(kinds.map((kind) => [JSON.stringify(kind), kind]));
  return [...once.values()].sort((a, b) => place(a) - place(b) || (a[1] < b[1] ? -1 : 1));
}

/* What is in sight of the scenes. */
function inSight() {
  const sight = { types: [], sides: [], modalities: [], others: new Set(), halos: false, pale: false };
  for (const scene of scenes) {
    for (const name of ["types", "sides", "modalities"]) sight[name].push(...scene.survey[name]);
    for (const feature of scene.shown.others) if (feature.geometry && inView(scene.map, feature)) sight.others.add(feature);
    sight.pale ||= scene.survey.pale;
    sight.halos ||= scene.halos.size > 0;
  }
  return sight;
}

function drawLegend() {
  const sight = inSight(), of = (layer) => [...sight.others].filter((f) => f.layer === layer);
  const [routes, areas, flows, control, fronts] = ["routes", "areas", "flows", "control", "front_lines"].map(of);
  const sides = inOrder([...sight.sides, ...routes.map((f) => f.holder || "other"), ...control.map((f) => f.side || f.holder || "other")], data.style.sides);
  const first = (list, test) => STYLES[list[0].layer](list.find(test));
  const areaTypes = inOrder([...areas.map((f) => f.type), sight.halos ? "uncertainty" : ""], data.style.areas);
  byId("legend-body").replaceChildren(...[
    legendGroup("Event", kindsInOrder(sight.types).map(([type, subtype]) => [symbol(type, NEUTRAL, "happened", 20, subtype), typeStyle(type, subtype).label])),
    legendGroup("By or held by", sides.map((side) => [dot(sideStyle(side).color), sideStyle(side).label])),
    legendGroup("Status", inOrder(sight.modalities, data.style.modalities)
      .map((modality) => [symbol("other", NEUTRAL, modality, 20), modalityStyle(modality).label])),
    legendGroup("Route", inOrder(routes.map((f) => f.state), data.style.states).map((state_) => [
      lineSwatch({ ...first(routes, (f) => f.state === state_), color: "var(--swatch-ink)" }, false, stateStyle(state_).mark), stateStyle(state_).label])),
    legendGroup("Area", areaTypes.map((type) => [lineSwatch(areas.some((f) => f.type === type) ? first(areas, (f) => f.type === type) : areaStyle(type, NEUTRAL, false), true),
      entry(data.style.areas, type, {}).label || words(type)])),
    legendGroup("Control", [...inOrder(control.map((f) => f.side || f.holder || "other"), data.style.sides).map((side) => [
      lineSwatch(first(control, (f) => (f.side || f.holder || "other") === side), true), `Held: ${sideStyle(side).label}`]),
    ...inOrder(control.map((f) => f.state).filter((s) => s && s !== "held"), data.style.control_states || {}).map((state_) => [
      lineSwatch(first(control, (f) => f.state === state_), true), entry(data.style.control_states, state_, {}).label || words(state_)]),
    ...fronts.slice(0, 1).map((f) => [lineSwatch(STYLES.front_lines(f), false), entry(data.style, "front_lines", {}).label || "Front line"])]),
    legendGroup("Movement", inOrder(flows.map((f) => f.type), data.style.flows).map((type) => [
      lineSwatch(first(flows, (f) => f.type === type), false), entry(data.style.flows, type, {}).label || words(type)])),
    sight.pale ? el("p", { class: "note" }, state.recent < ALL_DAYS ? `Pale: past, at most ${state.recent} days ago` : "Pale: past") : null,
  ].filter(Boolean));
  byId("legend").hidden = !byId("legend-body").childElementCount;
}

function dot(color) {
  return svg("svg", { viewBox: "0 0 20 20", width: 20, height: 20, "aria-hidden": "true", class: "symbol" },
    svg("circle", { cx: 10, cy: 10, r: 6.5, fill: color, class: "dot" }));
}
