/* What the page knows (data) and what the reader has chosen (state); the choice stands in the address after the #. */
let data = null;
const FACETS = ["layer", "type", "side", "modality", "source"];
const ALL_DAYS = 36600; /* days: a hundred years, "all so far" */
const STEPS = ["1", "7", "month", "change"];
const state = { day: 0, recent: 14, selected: "", step: "1", tiles: false, view: null };
const listeners = [];

/* What is chosen where the address says nothing. */
function defaults() {
  return { day: dayNumber(data.as_of) ?? data.last ?? 0, recent: data.recent, selected: "", step: "1", search: "", labels: "en", read: "",
    circles: true, nearby: false, sure: 0, then: null, swipe: false, ...Object.fromEntries(FACETS.map((name) => [name, new Set()])) };
}

function readData() {
  data = JSON.parse(byId("sitmap-data").textContent);
  data.first = dayNumber(data.span[0]);
  data.last = dayNumber(data.span[1]);
  data.changeDays = data.changes.map(dayNumber);
  data.wideM = Math.max(LEAST_WIDE_M, data.bbox ? WIDE_SHARE * L.latLng(data.bbox[1], data.bbox[0]).distanceTo([data.bbox[3], data.bbox[2]]) : 0);
  data.features.forEach((feature, index) => {
    feature.key = index;
    feature.from = dayNumber(feature.shown[0]) ?? -Infinity;
    feature.to = dayNumber(feature.shown[1]) ?? Infinity;
    if (Number.isInteger(feature.geometry)) feature.geometry = data.shapes[feature.geometry];
    /* several events may share one ground: it is drawn once */
    if (feature.layer === "areas") feature.ground = `${feature.type} ${feature.holder ?? ""} ${JSON.stringify(feature.geometry)}`;
  });
  data.byId = new Map(data.features.filter((f) => f.id).map((f) => [f.id, f]));
  data.others = data.features.filter((f) => !["events", "places", "control_points"].includes(f.layer));
  data.holds = data.features.filter((f) => f.layer === "control_points");
  data.placeList = data.features.filter((f) => f.layer === "places");
  data.places = new Map(data.placeList.map((f) => [f.place_id, f]));
  data.articleById = new Map(data.articles.map((article) => [article.id, article]));
  readTable();
  Object.assign(state, defaults());
}

function featureById(id) {
  return data.byId.get(id) ?? packedById(id);
}

/* 0 on its days (both ends inclusive), days past since then while it fades, null when it does not show. */
function age(feature, day) {
  if (feature.from > day) return null;
  const past = Math.max(0, day - feature.to);
  return past === 0 || (!feature.lasting && past < state.recent) ? past : null;
}

function clampDay(number) {
  return Math.max(data.first ?? number, Math.min(data.last ?? number, number));
}

/* Takes changes of the state, draws, and writes the address. */
function choose(changes) {
  Object.assign(state, changes);
  state.day = data.fixed ? dayNumber(data.as_of) : clampDay(state.day);
  for (const listener of listeners) listener();
  writeHash();
}

/* All that an address asks for; what it does not name is as at the beginning. */
function readHash(address = location.href) {
  const at = address.indexOf("#"), given = new URLSearchParams(at < 0 ? "" : address.slice(at + 1)), asked = defaults();
  const day = dayNumber(given.get("day")), then = dayNumber(given.get("with")), recent = Number(given.get("recent"));
  if (day !== null && !data.fixed) asked.day = clampDay(day);
  if (then !== null && !data.fixed) asked.then = clampDay(then);
  if (Number.isInteger(recent) && recent >= 1 && recent <= ALL_DAYS) asked.recent = recent;
  if (featureById(given.get("event"))) asked.selected = given.get("event");
  if (data.articleById.has(given.get("read"))) asked.read = given.get("read");
  if (STEPS.includes(given.get("step"))) asked.step = given.get("step");
  if (["ar", "both"].includes(given.get("labels"))) asked.labels = given.get("labels");
  const sure = Number(given.get("sure"));
  if (sure > 0 && sure <= 100) asked.sure = sure / 100;
  asked.search = (given.get("search") || "").slice(0, 200);
  asked.circles = given.get("circles") !== "no";
  asked.nearby = given.get("list") === "view";
  asked.swipe = given.get("how") === "swipe";
  for (const name of FACETS) asked[name] = new Set(given.getAll(name));
  const view = (given.get("view") || "").split("/").map(Number);
  if (view.length === 3 && view.every(Number.isFinite) && Math.abs(view[1]) <= 85 && Math.abs(view[2]) <= 180
      && view[0] >= 2 && view[0] <= 18) asked.view = view;
  return asked;
}

/* Browsers take only so many changes of the address and the title in a while: at most one every QUIET milliseconds, the last one surely. */
const QUIET = 250;
let written = -QUIET, waitingToWrite = null;

function writeHash() {
  clearTimeout(waitingToWrite);
  const wait = QUIET - (performance.now() - written);
  if (wait > 0) { waitingToWrite = setTimeout(writeHash, wait); return; }
  written = performance.now();
  document.title = data.first === null ? data.title : `${data.title}, ${dayWords(state.day)}`;
  const hash = new URLSearchParams();
  const say = (name, value, usual) => { if (value !== usual) hash.set(name, value); };
  if (!data.fixed && data.first !== null) hash.set("day", dayText(state.day));
  if (state.then !== null) hash.set("with", dayText(state.then));
  if (state.then !== null && state.swipe) hash.set("how", "swipe");
  say("recent", state.recent, data.recent);
  say("step", state.step, "1");
  if (state.view) hash.set("view", state.view.join("/"));
  say("event", state.selected, "");
  say("read", state.read, "");
  for (const name of FACETS) for (const value of state[name]) hash.append(name, value);
  if (state.sure) hash.set("sure", Math.round(state.sure * 100));
  say("search", state.search, "");
  say("labels", state.labels, "en");
  if (!state.circles) hash.set("circles", "no");
  if (state.nearby) hash.set("list", "view");
  const text = hash.toString().replaceAll("%2F", "/");
  /* pages in frames without a place of their own may not change their address */
  try { history.replaceState(null, "", `#${text}`); } catch { /* the map works without */ }
}
