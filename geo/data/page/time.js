/* Time: a slider over the days, steps, play and a typed date. Dates are plain days throughout. */
let playing = null;

const ICONS = {
  "previous-change": ["M4 3 L4 13", "M13 3 L7 8 L13 13 Z"], back: ["M10 3 L5 8 L10 13"], play: ["M5 3 L13 8 L5 13 Z"],
  pause: ["M5.5 3.5 L5.5 12.5", "M10.5 3.5 L10.5 12.5"], forward: ["M6 3 L11 8 L6 13"], "next-change": ["M12 3 L12 13", "M3 3 L9 8 L3 13 Z"],
};

function icon(name) {
  return svg("svg", { viewBox: "0 0 16 16", "aria-hidden": "true" }, ICONS[name].map((d) => svg("path", { d, class: d.endsWith("Z") ? "solid" : "" })));
}

function timeButton(id, label, click) {
  return el("button", { type: "button", "aria-label": label, title: label, click, id }, icon(id));
}

function startTime() {
  if (data.fixed || data.first === null || data.last === null) {
    byId("time").hidden = true;
    document.body.classList.add("fixed");
    return;
  }
  const steps = { 1: "1 day", 7: "1 week", month: "1 month", change: "next change" };
  byId("time").append(
    el("div", { class: "time-buttons" },
      timeButton("previous-change", "Previous change", () => jump(-1, "change")),
      timeButton("back", "Back", () => jump(-1)),
      timeButton("play", "Play", togglePlay),
      timeButton("forward", "Forward", () => jump(1)),
      timeButton("next-change", "Next change", () => jump(1, "change"))),
    el("div", { class: "time-line" }, timeBars(),
      el("input", { type: "range", id: "slider", min: data.first, max: data.last, step: 1, "aria-label": "Day",
        input: (event) => slide(Number(event.target.value)) }),
      monthMarks()),
    el("div", { class: "time-fields" },
      el("label", {}, el("span", {}, "From "), el("input", { type: "date", id: "from", "aria-label": "From", min: dayText(data.first - 366), max: dayText(data.last),
        change: (event) => { const day = dayNumber(event.target.value); if (day !== null) choose({ recent: Math.max(1, Math.min(ALL_DAYS, state.day - day + 1)), selected: "" }); } })),
      el("label", {}, el("span", {}, "Date "), el("input", { type: "date", id: "date", "aria-label": "Date", min: dayText(data.first), max: dayText(data.last), required: true,
        change: (event) => { const day = dayNumber(event.target.value); if (day !== null) choose({ day, selected: "" }); } })),
      el("label", {}, el("span", {}, "Step "), el("select", { id: "step", "aria-label": "Step", change: (event) => choose({ step: event.target.value }) },
        Object.entries(steps).map(([value, text]) => el("option", { value }, text)))),
      el("label", {}, el("span", {}, "Show "), el("select", { id: "recent", "aria-label": "Show", change: (event) => choose({ recent: Number(event.target.value), selected: "" }) },
        [1, 7, 14, 30, 90, 365, ALL_DAYS].map((days) => el("option", { value: days }, days === 1 ? "this day only" : days === ALL_DAYS ? "all so far" : `${days} days`))))));
  listeners.push(drawTime);
  document.addEventListener("keydown", timeKeys);
}

/* While the slider is drawn, a crowded page shows dots alone; once it rests, what they stand for. */
const REST = 150; /* ms */
let sliding = false, resting = null;

function slide(day) {
  clearTimeout(resting);
  sliding = true;
  choose({ day, selected: "" });
  resting = setTimeout(() => { sliding = false; for (const scene of scenes) if (scene.canvas) settle(scene); }, REST);
}

function drawTime() {
  const slider = byId("slider");
  slider.value = state.day;
  slider.setAttribute("aria-valuetext", dayWords(state.day));
  byId("date").value = dayText(state.day);
  byId("from").value = dayText(Math.max(state.day - state.recent + 1, data.first));
  byId("step").value = state.step;
  if (![...byId("recent").options].some((option) => Number(option.value) === state.recent)) {
    byId("recent").append(el("option", { value: state.recent }, `${state.recent} days`));
  }
  byId("recent").value = state.recent;
  byId("back").disabled = byId("previous-change").disabled = state.day <= data.first;
  byId("forward").disabled = byId("next-change").disabled = state.day >= data.last;
}

/* The day that a step leads to. */
function stepped(direction, step) {
  if (step === "month") return addMonths(state.day, direction);
  if (step !== "change") return state.day + direction * Number(step);
  const day = direction > 0 ? data.changeDays.find((d) => d > state.day) : data.changeDays.findLast((d) => d < state.day);
  return day ?? (direction > 0 ? data.last : data.first);
}

function jump(direction, step) {
  choose({ day: stepped(direction, step || state.step), selected: "" });
}

function togglePlay() {
  if (playing) { stopPlaying(); return; }
  if (state.day >= data.last) choose({ day: data.first, selected: "" });
  byId("play").replaceChildren(icon("pause"));
  byId("play").setAttribute("aria-label", "Pause");
  const pause = state.step === "1" ? 180 : 900;
  playing = setInterval(() => { if (state.day >= data.last) stopPlaying(); else jump(1); }, pause);
}

function stopPlaying() {
  clearInterval(playing);
  playing = null;
  byId("play").replaceChildren(icon("play"));
  byId("play").setAttribute("aria-label", "Play");
}

/* Arrows step unless something that uses them itself has the focus; shift goes to the next change; space plays. */
function timeKeys(event) {
  const target = event.target;
  if (event.altKey || event.ctrlKey || event.metaKey || target.closest?.("input:not(#slider), select, textarea, .leaflet-container, .article, #swipe")) return;
  const direction = { ArrowRight: 1, ArrowLeft: -1, PageDown: 1, PageUp: -1 }[event.key];
  if (direction) jump(direction, event.shiftKey || event.key.startsWith("Page") ? "change" : undefined);
  else if (event.key === "Home") choose({ day: data.first, selected: "" });
  else if (event.key === "End") choose({ day: data.last, selected: "" });
  else if (event.key === " " && !target.closest?.("button, summary, a")) togglePlay();
  else return;
  event.preventDefault();
}

/* How many events are told of each day: bars behind the slider. */
function timeBars() {
  const days = data.last - data.first + 1, counts = new Array(days).fill(0);
  for (let i = 0; i < table.count; i++) {
    if (isUnrealAt(i) || table.from[i] < data.first) continue;
    const end = table.to[i] < NEVER ? Math.min(table.to[i], data.last) : table.from[i];
    for (let day = table.from[i]; day <= end; day++) counts[day - data.first] += 1;
  }
  const most = Math.max(1, ...counts);
  return svg("svg", { class: "bars", viewBox: `0 0 ${days} 18`, preserveAspectRatio: "none", "aria-hidden": "true" },
    svg("path", { d: counts.map((count, index) => (count ? `M${index} 18V${(14 - (14 * count) / most).toFixed(2)}h1V18z` : "")).join("") }));
}

/* Months below the slider, of spans of more than three years the years alone; as many as have room. */
function monthMarks() {
  const marks = el("div", { class: "months", "aria-hidden": "true" }), span = Math.max(1, data.last - data.first), years = span > 1100;
  const wide = Math.max(1, Math.ceil(span / (years ? 365.25 : 30.4) / 9)) * (years ? 12 : 1);
  const start = dayNumber(`${dayText(data.first).slice(0, years ? 4 : 7)}${years ? "-01-01" : "-01"}`);
  for (let day = start, count = 0; day <= data.last; day = addMonths(day, 1), count++) {
    if (day < data.first || day > data.first + 0.94 * span || count % wide) continue;
    const [year, month] = dayText(day).split("-");
    const mark = el("span", {}, month === "01" ? year : MONTHS[month - 1].slice(0, 3));
    mark.style.left = `${(100 * (day - data.first)) / span}%`;
    marks.append(mark);
  }
  return marks;
}
