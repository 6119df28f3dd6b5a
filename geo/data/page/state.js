/* What the page knows (data) and what the reader has chosen (state); the choice stands in the address after the #. */
let data = null;
const state = { day: 0, recent: 14, selected: "", step: "1", tiles: false };
const listeners = [];

function readData() {
  data = JSON.parse(byId("sitmap-data").textContent);
  data.first = dayNumber(data.span[0]);
  data.last = dayNumber(data.span[1]);
  data.changeDays = data.changes.map(dayNumber);
  data.features.forEach((feature, index) => {
    feature.key = index;
    feature.from = dayNumber(feature.shown[0]) ?? -Infinity;
    feature.to = dayNumber(feature.shown[1]) ?? Infinity;
  });
  /* several events may share one ground: it is drawn once */
  for (const f of data.features) if (f.layer === "areas") f.ground = `${f.type} ${f.holder ?? ""} ${JSON.stringify(f.geometry)}`;
  data.byId = new Map(data.features.filter((f) => f.id).map((f) => [f.id, f]));
  data.places = new Map(data.features.filter((f) => f.layer === "places").map((f) => [f.place_id, f]));
  data.articleById = new Map(data.articles.map((article) => [article.id, article]));
  state.day = dayNumber(data.as_of) ?? data.last ?? 0;
  state.recent = data.recent;
}

/* 0 on its days (both ends inclusive), days past since then while it fades, null when it does not show. */
function age(feature, day) {
  if (feature.from > day) return null;
  const past = Math.max(0, day - feature.to);
  return past === 0 || (!feature.lasting && past < state.recent) ? past : null;
}

function visible(day) {
  return data.features.filter((f) => f.layer === "places" || age(f, day) !== null);
}

function clampDay(number) {
  return Math.max(data.first, Math.min(data.last, number));
}

/* Takes changes of the state, draws, and writes the address. */
function choose(changes) {
  Object.assign(state, changes);
  state.day = data.fixed ? dayNumber(data.as_of) : clampDay(state.day);
  for (const listener of listeners) listener();
  writeHash();
}

function readHash() {
  const given = new URLSearchParams(location.hash.slice(1));
  const changes = {};
  const day = dayNumber(given.get("day"));
  if (day !== null && !data.fixed) changes.day = clampDay(day);
  const recent = Number(given.get("recent"));
  if (Number.isInteger(recent) && recent >= 1 && recent <= 366) changes.recent = recent;
  if (data.byId.has(given.get("event"))) changes.selected = given.get("event");
  const view = (given.get("view") || "").split("/").map(Number);
  if (view.length === 3 && view.every(Number.isFinite) && Math.abs(view[1]) <= 85 && Math.abs(view[2]) <= 180
      && view[0] >= 2 && view[0] <= 18) changes.view = view;
  return changes;
}

function writeHash() {
  const hash = new URLSearchParams();
  if (!data.fixed) hash.set("day", dayText(state.day));
  if (state.recent !== data.recent) hash.set("recent", state.recent);
  if (state.view) hash.set("view", state.view.join("/"));
  if (state.selected) hash.set("event", state.selected);
  const text = hash.toString().replaceAll("%2F", "/");
  /* pages in frames without a place of their own may not change their address */
  try { history.replaceState(null, "", `#${text}`); } catch { /* the map works without */ }
}
