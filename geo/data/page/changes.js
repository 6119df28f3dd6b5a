/* What changed between two dates: new, changed, contradicted, gone silent. */

/* What makes two features of different days one thing, and what is said of it on each. Of ground and of lines it is all of a
   side, and of two sides, together: their pieces come and go. */
function thing(feature) {
  const who = { routes: `${feature.route || feature.name} ${feature.section ?? ""}`, control: feature.side || feature.holder, front_lines: [...sidesOf(feature)].sort().join(" "),
    areas: feature.label, control_points: feature.place_id }[feature.layer];
  return `${feature.layer} ${who ?? feature.id}`;
}

function said(features) {
  const [feature] = features, sum = (name) => features.reduce((all, f) => all + (f[name] || 0), 0);
  if (feature.layer === "routes") return [...new Set(features.map((f) => [words(f.state), f.holder ? `held by ${sideStyle(f.holder).label}` : "", ...(f.flags ?? []).filter((flag) => flag === "not secure")].filter(Boolean).join(", ")))].join("; ");
  if (feature.layer === "control_points") return feature.holder ? `${sideStyle(feature.holder).label}${feature.state && feature.state !== "held" ? ` (${words(feature.state)})` : ""}` : "nobody known";
  if (feature.layer === "control" && sum("area_km2")) return `${thousands(Math.round(sum("area_km2")))} km²`;
  if (feature.layer === "front_lines" && sum("length_km")) return `${thousands(Math.round(sum("length_km")))} km`;
  return "";
}

/* What lasts and shows on a day, by what it is. */
function lastingOn(shown, holds) {
  const things = new Map();
  const known = shown.others.filter((f) => f.lasting).concat(holds);
  for (const f of known) { const key = thing(f); if (!things.has(key)) things.set(key, []); things.get(key).push(f); }
  return things;
}

/* Who held which place on a day, with the filters that are set. */
function holdsOn(day) {
  return allowed("layer", "control") ? data.holds.filter((f) => age(f, day) !== null && otherPasses(f, new Set())) : [];
}

/* a before b, as days; each change is {feature, note, day}: the day on which the feature is to be seen. */
function changesBetween(a, b) {
  const then = shownOn(a), now = shownOn(b);
  const added = inOrderOfTime(now.events.filter((i) => table.from[i] > a), b);
  return { added, ...lastingChanges(then, now), contradicted: contradictions(then, now), silent: goneSilent(then) };
}

function lastingChanges(then, now) {
  const before = lastingOn(then, holdsOn(then.day)), after = lastingOn(now, holdsOn(now.day)), begun = [], changed = [];
  for (const [key, features] of after) {
    const [feature] = features, old = before.get(key), day = now.day;
    if (!old) { if (feature.layer !== "control_points") begun.push({ feature, note: said(features), day }); continue; }
    if (old.length === features.length && old.every((f) => features.includes(f))) continue;
    const [was, is] = [said(old), said(features)], moved = JSON.stringify(old.map((f) => f.geometry)) !== JSON.stringify(features.map((f) => f.geometry));
    if (was !== is) changed.push({ feature, note: `${was} → ${is}`, day });
    else if (moved) changed.push({ feature, note: is ? `${is}, but its course has changed` : "its course has changed", day });
  }
  for (const [key, [feature]] of before) if (!after.has(key) && feature.layer !== "control_points") changed.push({ feature, note: "no longer so", day: then.day });
  const rank = { control_points: 0, routes: 1, areas: 2, front_lines: 3, control: 4 };
  return { begun, changed: changed.sort((a, b) => rank[a.feature.layer] - rank[b.feature.layer] || a.feature.key - b.feature.key) };
}

/* What reports that came out in between disagree with, or deny. */
function contradictions(then, now) {
  const came = (known) => { const day = dayNumber(known); return day !== null && day > then.day && day <= now.day; }, found = [], seen = new Set();
  const denials = new Map();
  for (const i of now.events) if (table.modality.values[table.modality.codes[i]] === "denied" && table.from[i] > then.day) denials.set(`${table.type.codes[i]} ${table.place.codes[i]}`, i);
  for (const i of then.events) {
    const denial = denials.get(`${table.type.codes[i]} ${table.place.codes[i]}`);
    if (denial !== undefined && denial !== i && table.place.values[table.place.codes[i]] && !isUnrealAt(i)) { seen.add(i); found.push({ feature: eventAt(i), note: `denied: ${eventAt(denial).attribution || eventAt(denial).source || eventAt(denial).when}`, day: then.day }); }
  }
  const rows = table.records ? [[then.events, then.day], [now.events, now.day]] : [];
  for (const [events, day] of rows) {
    for (const i of events) {
      const feature = eventAt(i);
      if (seen.has(i) || !feature.contested?.length || !feature.reports?.some((report) => came(report.known))) continue;
      seen.add(i);
      found.push({ feature, note: `reports disagree on ${feature.contested.map((name) => (name === "modality" ? "whether it happened" : words(name))).join(", ")}`, day });
    }
  }
  for (const feature of now.others) {
    const flag = (feature.flags ?? []).find((text) => /contradict|disagree|disput|contest/i.test(text));
    if (flag && came(feature.known)) found.push({ feature, note: words(flag), day: now.day });
  }
  return found;
}

/* Places that reports told of then, and tell nothing of since. */
function goneSilent(then) {
  const told = new Map(), { place, from, to } = table, until = Math.max(state.day, state.then), first = Math.min(state.day, state.then);
  for (const i of then.events) {
    const code = place.codes[i];
    if (table.wide[i] || isUnrealAt(i) || !place.values[code]) continue;
    if (!told.has(code)) told.set(code, { count: 0, last: i });
    told.get(code).count += 1;
    if (to[i] >= to[told.get(code).last]) told.get(code).last = i;
  }
  const loud = new Uint8Array(place.values.length);
  for (let i = 0; i < table.count; i++) if ((from[i] > first && from[i] <= until) || (from[i] <= until && to[i] >= until && to[i] < NEVER)) loud[place.codes[i]] = 1;
  return [...told].filter(([code]) => !loud[code]).map(([code, { count, last }]) => ({ feature: eventAt(last), name: place.values[code], day: then.day,
    note: `${plural(count, "event", "events")} until ${dayWords(Math.min(to[last], then.day))}, none told since` }));
}

/* The list of changes, in place of the list of the day. */
function drawChanges() {
  const panel = byId("changes");
  panel.hidden = state.then === null;
  document.body.classList.toggle("comparing", state.then !== null);
  if (state.then === null) { panel.replaceChildren(); return; }
  const [a, b] = [Math.min(state.day, state.then), Math.max(state.day, state.then)], found = changesBetween(a, b);
  const sceneOf = (day) => scenes.find((scene) => scene.dayOf() === day) ?? scenes[0];
  const section = (name, heading, count, items) => el("section", { "data-changes": name, "aria-label": heading }, el("h2", {}, el("span", {}, heading), el("span", { class: "count" }, thousands(count))),
    count ? el("ul", {}, items) : el("p", { class: "note nothing" }, "None."), count > items.length ? el("p", { class: "note" }, `and ${thousands(count - items.length)} more`) : null);
  const item = ({ feature, note, day, name }) => { const row = listItem(sceneOf(day), feature, day, note); if (name) row.querySelector(".item-title").textContent = name; return row; };
  panel.replaceChildren(
    el("p", { class: "note" }, a === b ? "Both dates are the same day." : `Between ${dayWords(a)} and ${dayWords(b)}, as these reports tell it, with the filters that are set.`),
    el("ul", { class: "sums" }, [["new", found.added.length + found.begun.length, "new"], ["changed", found.changed.length, "changed"], ["contradicted", found.contradicted.length, "contradicted"],
      ["silent", found.silent.length, "gone silent"]].map(([name, count, text]) => el("li", {}, el("button", { type: "button", class: "chip", click: () => panel.querySelector(`[data-changes="${name}"]`).scrollIntoView() }, `${thousands(count)} ${text}`)))),
    section("new", "New", found.added.length + found.begun.length, [...found.begun.map(item), ...found.added.slice(0, ROWS).map((i) => listItem(sceneOf(b), eventAt(i), b))]),
    section("changed", "Changed", found.changed.length, found.changed.slice(0, ROWS).map(item)),
    section("contradicted", "Contradicted", found.contradicted.length, found.contradicted.slice(0, ROWS).map(item)),
    section("silent", "Gone silent", found.silent.length, found.silent.slice(0, ROWS).map(item)),
    el("p", { class: "note" }, "Gone silent: places of which the reports told on the earlier date, and tell nothing since. That does not mean that they are quiet."));
}
