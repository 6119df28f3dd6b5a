/* Two dates: side by side, or one over the other under a line that is drawn across. The second map stands left of the first. */
let second = null;
let following = false;

function startCompare() {
  if (data.fixed || data.first === null || data.first === data.last) return;
  byId("actions").append(el("button", { type: "button", class: "quiet", id: "compare", "aria-pressed": "false", click: () => choose({ then: state.then === null ? dayBefore() : null, selected: "" }) }, "Compare dates"));
  byId("comparison").append(
    el("label", {}, el("span", {}, "Compare with "), el("input", { type: "date", id: "with", "aria-label": "Compare with", min: dayText(data.first), max: dayText(data.last), required: true,
      change: (event) => { const day = dayNumber(event.target.value); if (day !== null) choose({ then: clampDay(day), selected: "" }); } })),
    el("label", {}, el("span", {}, "Show "), el("select", { id: "how", "aria-label": "How to compare", change: (event) => choose({ swipe: event.target.value === "swipe" }) },
      el("option", { value: "side" }, "side by side"), el("option", { value: "swipe" }, "under a swipe"))));
  byId("swipe").addEventListener("input", moveSwipe);
  listeners.push(drawCompare);
}

/* A date to begin with: the page before this one, else a month before. */
function dayBefore() {
  const pages = data.pages.map((page) => dayNumber(page.day)).filter((day) => day !== null && day < state.day);
  return clampDay(pages.at(-1) ?? addMonths(state.day, state.day > data.first ? -1 : 1));
}

function drawCompare() {
  const on = state.then !== null, stage = byId("stage");
  byId("comparison").hidden = !on;
  byId("compare").setAttribute("aria-pressed", String(on));
  byId("compare").textContent = on ? "Show one date" : "Compare dates";
  stage.classList.toggle("split", on && !state.swipe);
  stage.classList.toggle("swiped", on && state.swipe);
  byId("swipe").hidden = !on || !state.swipe;
  byId("then").hidden = !on;
  for (const id of ["then-date", "now-date"]) byId(id).hidden = !on;
  const main = scenes[0].map;
  if (on && !second) openSecond(main);
  if (!on && second) closeSecond(main);
  if (!on) return;
  byId("with").value = dayText(state.then);
  byId("how").value = state.swipe ? "swipe" : "side";
  byId("then-date").textContent = dayWords(state.then);
  byId("now-date").textContent = dayWords(state.day);
  moveSwipe();
  const width = main.getSize().x;
  for (const map of [main, second.map]) map.invalidateSize({ animate: false });
  if (width !== main.getSize().x && !state.view) fitView(main);
  follow(main, second.map);
}

function openSecond(main) {
  const map = L.map(byId("then-map"), { zoomControl: false, attributionControl: false, zoomSnap: main.options.zoomSnap, zoomDelta: main.options.zoomDelta,
    maxZoom: main.options.maxZoom, minZoom: main.options.minZoom, zoomAnimation: motion(), fadeAnimation: false });
  map.setView(main.getCenter(), main.getZoom(), { animate: false });
  second = makeScene(map, () => state.then);
  main.on("move", leadSecond);
  map.on("move", leadMain);
  drawScene(second);
}

function leadSecond() { follow(scenes[0].map, second.map); }
function leadMain() { follow(second.map, scenes[0].map); }

function follow(leader, follower) {
  if (following) return;
  following = true;
  follower.setView(leader.getCenter(), leader.getZoom(), { animate: false });
  following = false;
}

function closeSecond(main) {
  main.off("move", leadSecond);
  scenes.splice(scenes.indexOf(second), 1);
  closeDetail();
  second.map.remove();
  second = null;
  main.invalidateSize({ animate: false });
  if (!state.view) fitView(main);
}

/* Left of the line the other date, right of it this one. */
function moveSwipe() {
  const share = Number(byId("swipe").value) / 10;
  byId("stage").style.setProperty("--cut", `${share}%`);
  byId("swipe").setAttribute("aria-valuetext", `${Math.round(share)} % ${dayWords(state.then ?? state.day)}`);
}
