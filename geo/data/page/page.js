/* The page: called with folium's map once it stands. */
function drawHead() {
  byId("title").textContent = byId("title").title = data.title;
  if (data.first === null) { byId("as-of").replaceChildren(el("strong", {}, "Nothing dated yet")); return; }
  const aside = state.then === null ? [el("span", {}, weekday(state.day))] : [el("span", {}, "beside"), el("strong", {}, dayWords(state.then))];
  byId("as-of").replaceChildren(el("strong", {}, dayWords(state.day)), ...aside);
}

function drawPages() {
  const days = data.pages.map((page) => page.day), here = data.fixed ? data.as_of : "";
  const at = days.indexOf(here), nav = byId("pages");
  const anchor = (page, text, label) => (page ? el("a", { href: page.href, "aria-label": label }, text) : null);
  if (data.fixed) {
    nav.append(...[anchor(data.pages[at - 1], "‹ Earlier", "Earlier date"), data.index ? el("a", { href: data.index }, "All dates") : null,
      at >= 0 ? anchor(data.pages[at + 1], "Later ›", "Later date") : null].filter(Boolean));
  }
  nav.hidden = !nav.childElementCount;
}

/* Looks at what is placed well on the day, within the theatre; where nothing is, at the theatre. */
function fitView(map) {
  const shown = shownOn(state.day), placed = Array.from(shown.events).filter((i) => !table.wide[i]), bounds = L.latLngBounds([]);
  const lasting = (test) => shown.others.filter((f) => f.geometry && test(f)).forEach((f) => bounds.extend(within(L.geoJSON(f.geometry).getBounds())));
  if (placed.length) {
    for (const i of placed) bounds.extend(placed.length > MANY ? [table.lat[i], table.lon[i]] : L.latLng(table.lat[i], table.lon[i]).toBounds(2 * table.near[i] + 1));
    lasting((f) => f.type === "siege" && (f.precision_m ?? 0) <= data.wideM);
  } else lasting((f) => f.layer === "routes" && (f.precision_m ?? 0) <= data.wideM);
  const box = data.view || data.bbox || tableBox() || [-160, -50, 160, 70];
  if (!bounds.isValid()) bounds.extend([[box[1], box[0]], [box[3], box[2]]]);
  fitting = true; /* so that it does not count as the reader's view */
  map.fitBounds(bounds, { padding: map.getSize().x < 600 ? [30, 30] : [60, 50], maxZoom: 12, animate: false });
  fitting = false;
}

let fitting = false;

/* Where the events are, when nothing else is known. */
function tableBox() {
  const box = [Infinity, Infinity, -Infinity, -Infinity];
  for (let i = 0; i < table.count; i++) {
    const lon = table.lon[i], lat = table.lat[i];
    if (Number.isNaN(lon)) continue;
    box[0] = Math.min(box[0], lon); box[1] = Math.min(box[1], lat); box[2] = Math.max(box[2], lon); box[3] = Math.max(box[3], lat);
  }
  return box[0] <= box[2] ? box : null;
}

/* The part of bounds that lies in the theatre. */
function within(bounds) {
  if (!data.bbox || !bounds.isValid()) return bounds;
  const [west, south, east, north] = data.bbox, theatre = L.latLngBounds([south, west], [north, east]);
  if (!bounds.intersects(theatre)) return L.latLngBounds([]);
  const middle = (low, value, high) => Math.max(low, Math.min(value, high));
  return L.latLngBounds([middle(south, bounds.getSouth(), north), middle(west, bounds.getWest(), east)],
    [middle(south, bounds.getNorth(), north), middle(west, bounds.getEast(), east)]);
}

function keepView(map) {
  if (fitting) return;
  const center = map.getCenter();
  state.view = [Math.round(map.getZoom() * 100) / 100, Number(center.lat.toFixed(4)), Number(center.lng.toFixed(4))];
  writeHash();
}

function drawAll() {
  const main = scenes[0];
  for (const scene of scenes) drawScene(scene);
  drawHead();
  drawFilters(main.shown);
  drawAbout();
  drawSearch();
  drawReader();
  drawChanges();
  byId("list").querySelector('[aria-pressed="true"]')?.scrollIntoView({ block: "nearest" });
  drawPopup();
}

/* The pop-up goes with the selection, and with what no longer shows. */
function drawPopup() {
  const feature = featureById(state.selected), shows = (f) => scenes.find((scene) => age(f, scene.dayOf()) !== null);
  if (popup?.feature && (popup.feature.layer === "events" ? popup.feature.id !== state.selected : popup.feature.layer !== "places" && !shows(popup.feature))) closeDetail();
  const scene = feature && shows(feature);
  if (scene && popup?.feature !== feature) openDetail(scene, feature);
}

/* The list and the legend go with the view of the map. */
function drawBeside(scene) {
  survey(scene);
  if (scene === scenes[0]) drawList(scene);
  if (scenes.every((one) => one.shown)) drawLegend();
}

function escape(event) {
  if (event.key === "Enter" && measuring && event.target === measuring.map.getContainer()) addPoint({ latlng: measuring.map.getCenter() });
  if (event.key !== "Escape") return;
  if (measuring) stopMeasuring();
  else if (popup) { closeDetail(); choose({ selected: "" }); } else if (state.read) closeReader();
}

/* Pop-ups come and go at once; with reduced motion, so does everything else. What starts with _ Leaflet has read already. */
function calm(map) {
  map._fadeAnimated = false;
  if (motion()) return;
  Object.assign(map.options, { zoomAnimation: false, fadeAnimation: false, markerZoomAnimation: false, inertia: false });
  map._zoomAnimated = false;
}

function start(map) {
  document.body.append(svg("svg", { width: 0, height: 0, class: "defs", "aria-hidden": "true" }, svg("defs", { id: "defs" })));
  readData();
  const chosen = readHash();
  Object.assign(state, chosen);
  state.day = data.fixed ? dayNumber(data.as_of) : clampDay(state.day);
  map.getContainer().setAttribute("role", "region");
  map.getContainer().setAttribute("aria-label", "Map; the list beside it tells the same");
  /* what takes room beside the map comes before the map is fitted into what is left */
  startFilters();
  startSearch();
  startTime();
  startCompare();
  startPrinting();
  drawPages();
  drawHead();
  byId("legend").open = matchMedia("(min-width: 821px)").matches;
  calm(map);
  map.invalidateSize({ animate: false });
  fitView(map);
  if (chosen.view) map.setView([chosen.view[1], chosen.view[2]], chosen.view[0], { animate: false });
  makeScene(map, () => state.day);
  tileSwitch(map);
  startTools(map);
  document.querySelector(".skip").addEventListener("click", (event) => {
    event.preventDefault();
    toggleSheet(true);
    (byId("list").querySelector("li > button") ?? byId("search")).focus();
  });
  byId("sheet").addEventListener("click", () => toggleSheet(!document.body.classList.contains("sheet-open")));
  for (const id of ["list", "changes"]) byId(id).addEventListener("keydown", moveInList);
  map.on("popupclose", (event) => { if (event.popup === popup && popup.feature?.id === state.selected) { popup = null; choose({ selected: "" }); } });
  settled.push(drawBeside);
  watchCovers();
  listeners.push(drawAll);
  choose({});
  map.on("dragend zoomend", () => keepView(map));
  document.addEventListener("keydown", escape);
  window.addEventListener("hashchange", (event) => {
    const asked = readHash(event.newURL); /* not the present one, which may have been written over since */
    if (asked.view) map.setView([asked.view[1], asked.view[2]], asked.view[0], { animate: false });
    choose(asked);
  });
  requestAnimationFrame(() => setTimeout(readQuotes, 300)); /* once the map has been seen */
}
