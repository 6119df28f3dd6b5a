/* What changed between two dates: new, changed, contradicted, gone silent. */

/* What makes two features of different days one thing, and what is said of it on each. */
function thing(feature) {
  const who = { routes: feature.route || feature.name, control: feature.place_id || feature.holder || feature.side, front_lines: sidesOf(feature).join(" "), areas: feature.label }[feature.layer];
  return `${feature.layer} ${who ?? feature.id}`;
}

function said(feature) {
  if (feature.layer === "routes") return [words(feature.state), feature.holder ? `${feature.state === "fire_control" ? "by" : "held by"} ${sideStyle(feature.holder).label}` : "", ...(feature.flags ?? []).filter((f) => f === "not secure")].filter(Boolean).join(", ");
  if (feature.layer === "control") return `held by ${sideStyle(feature.side || feature.holder).label}`;
  return "";
}

function lastingOn(shown) {
  return new Map(shown.others.filter((f) => f.lasting).map((f) => [thing(f), f]));
}

/* a before b, as days; each change is {feature, note, day}: the day on which the feature is to be seen. */
function changesBetween(a, b) {
  const then = shownOn(a), now = shownOn(b);
  const added = inOrderOfTime(now.events.filter((i) => table.from[i] > a), b);
  return { added, ...lastingChanges(then, now), contradicted: contradictions(then, now), silent: goneSilent(then) };
}

function lastingChanges(then, now) {
  const before = lastingOn(then), after = lastingOn(now), begun = [], changed = [];
  for (const [key, feature] of after) {
    const old = before.get(key);
    if (!old) begun.push({ feature, note: said(feature), day: now.day });
    else if (old !== feature && said(old) !== said(feature)) changed.push({ feature, note: `${said(old)} → ${said(feature)}`, day: now.day });
    else if (old !== feature && JSON.stringify(old.geometry) !== JSON.stringify(feature.geometry)) changed.push({ feature, note: "its ground or course has changed", day: now.day });
  }
  for (const [key, feature] of before) if (!after.has(key)) changed.push({ feature, note: "no longer so", day: then.day });
  return { begun, changed };
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
    section("changed", "Changed", found.changed.length, found.changed.map(item)),
    section("contradicted", "Contradicted", found.contradicted.length, found.contradicted.slice(0, ROWS).map(item)),
    section("silent", "Gone silent", found.silent.length, found.silent.slice(0, ROWS).map(item)),
    el("p", { class: "note" }, "Gone silent: places of which the reports told on the earlier date, and tell nothing since. That does not mean that they are quiet."));
}
