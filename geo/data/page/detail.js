/* What is said of one feature: in a pop-up on the map, built of elements and text. */
let popup = null;

function title(feature) {
  if (feature.layer === "routes") return `${feature.name}: ${stateStyle(feature.state).label.toLowerCase()}`;
  if (feature.layer === "control") return `${sideStyle(feature.holder).label}: ${(controlState(feature).label || "held").toLowerCase()}`;
  if (feature.layer === "control_points") return feature.place || "A place";
  if (feature.layer === "front_lines") return `Front line: ${(feature.sides || []).map((side) => sideStyle(side).label).join(" / ")}`;
  return feature.label || feature.name || words(feature.type || feature.layer);
}

function timeText(feature) {
  const said = feature.phrase ? ` (“${feature.phrase}”)` : "";
  const report = feature.undated && feature.known ? `; shown on the day of the report, ${dayWords(dayNumber(feature.known))}` : "";
  return `${capital(feature.when)}${said}${report}`;
}

function placeText(feature) {
  return [feature.place || "", feature.near].filter(Boolean).join(", ");
}

function actorText(actor) {
  const side = actor.side ? ` (${sideStyle(actor.side).label})` : "";
  return `${actor.name}${side}`;
}

function actorsOf(feature, role) {
  const actors = Array.isArray(feature.actors) ? feature.actors.filter((a) => a && a.role === role && a.name) : [];
  return actors.map(actorText).join(", ");
}

function saidText(feature) {
  if (!feature.modality) return "";
  const how = modalityStyle(feature.modality).label;
  return feature.attribution ? `${how}; according to ${feature.attribution}` : how;
}

function row(name, text) {
  return text ? [el("dt", {}, name), el("dd", { dir: "auto" }, text)] : [];
}

/* Says so from the day on which nobody has spoken of it for long. */
function staleText(feature) {
  return feature.stale_from && dayNumber(feature.stale_from) <= state.day ? `for long, by ${dayWords(dayNumber(feature.stale_from))}` : "";
}

/* A correction of the atlas (seeds/corrections): what was done, by whom, when and why. */
function changeText(change) {
  if (!change) return "";
  const day = dayNumber(change.when) === null ? "" : `, ${dayWords(dayNumber(change.when))}`;
  return `${capital(words(change.action ?? "changed"))}, by ${change.who ?? "somebody"}${day}: ${change.why ?? ""}`;
}

function detail(feature) {
  const event = feature.layer === "events" ? feature : null;
  const arabic = arabicOf(feature);
  return el("article", { class: `detail${isUnreal(feature) ? " unreal" : ""}`, "data-id": feature.id },
    isUnreal(feature) ? el("p", { class: "stamp" }, `${capital(UNREAL[feature.modality])}: not reported as happened`) : null,
    el("h2", { dir: "auto" }, event ? symbolOf(event, 20) : null, el("span", {}, title(feature))),
    arabic ? el("p", { class: "arabic", lang: "ar", dir: "rtl" }, arabic) : null,
    el("dl", {},
      row("When", feature.layer === "places" ? "" : timeText(feature)),
      row("Where", placeText(feature)),
      row("Placed", feature.rule || ""),
      row("Kind", feature.layer === "places" ? words(feature.kind) : feature.subtype ? typeStyle(feature.type, feature.subtype).label : ""),
      row("Also", feature.layer === "places" && Array.isArray(feature.aliases) ? feature.aliases.slice(0, 6).join(", ") : ""),
      row("By", actorsOf(feature, "initiator")),
      row("Against", actorsOf(feature, "target")),
      row(feature.state === "fire_control" ? "Under fire of" : "Held by", feature.holder ? sideStyle(feature.holder).label : ""),
      row("Stretch", feature.section || ""),
      row("Certainty", feature.certainty || ""),
      row("Standing", { agrees: "agrees with the report that is drawn", differs: "differs from the report that is drawn" }[feature.standing] || ""),
      row("Not reported since", staleText(feature)),
      row("Area", feature.area_km2 ? `${feature.area_km2.toLocaleString("en")} km²` : ""),
      row("Length", feature.length_km ? `${feature.length_km.toLocaleString("en")} km` : ""),
      row("People", feature.figures),
      row("Basis", feature.basis || ""),
      row("Status", saidText(feature)),
      row("Changed by hand", changeText(feature.changed))),
    flagList(feature), ...(feature.reports ? reportsOf(feature) : [quoteOf(feature), sourceOf(feature)]));
}

/* Several reports of one event, side by side; what they disagree on is marked in each. */
function reportsOf(feature) {
  const contested = new Set(feature.contested);
  const told = (report) => Object.entries(report.told || {}).filter(([name]) => name !== "type" || contested.has(name));
  const status = (report) => (report.modality === "happened" ? "" : saidText(report));
  const disputed = (report, name) => contested.has(name) && (name !== "modality" || isUnreal(report));
  const claims = (report) => [...told(report), ["modality", status(report)]].filter(([, text]) => text)
    .flatMap(([name, text], place) => [place ? " · " : "", el(disputed(report, name) ? "em" : "span", {}, text)]);
  return [el("h3", {}, `${plural(feature.reports.length, "report", "reports")}, ${plural(feature.sources, "independent source", "independent sources")}`),
    el("ol", { class: "reports" }, feature.reports.map((report) => el("li", {},
      el("p", { class: "claims", dir: "auto" }, claims(report)), quoteOf(report), sourceOf(report)))),
    typeof feature.confidence === "number" ? el("p", { class: "source" }, `Confidence of all together ${Math.round(feature.confidence * 100)} %.`) : null];
}

function flagList(feature) {
  const flags = Array.isArray(feature.flags) ? feature.flags.map(words) : [];
  if (feature.undated && !flags.some((flag) => /date|undated/.test(flag))) flags.push("date not reported");
  return flags.length ? el("ul", { class: "flags" }, flags.map((flag) => el("li", { dir: "auto" }, flag))) : null;
}

function quoteOf(feature) {
  if (!feature.quote) return null;
  const article = data.articleById.get(feature.article);
  const block = el("figure", {}, el("blockquote", { dir: "auto" }, `“${feature.quote}”`));
  if (article?.text) block.append(readButton(feature, article));
  return block;
}

function readButton(told, article) {
  return el("button", { type: "button", class: "quiet", "data-read": article.id, click: (event) => { openReader(told, article); event.stopPropagation(); } }, "Read it in the report");
}

function sourceOf(feature) {
  const article = data.articleById.get(feature.article);
  const name = [feature.source || article?.source, article?.title].filter(Boolean).join(", ") || feature.article || "";
  const known = dayNumber(feature.known) === null ? "" : `, published ${dayWords(dayNumber(feature.known))}`;
  const sure = typeof feature.confidence === "number" ? ` Reading confidence ${Math.round(feature.confidence * 100)} %.` : "";
  return el("p", { class: "source", dir: "auto" }, "Source: ", article?.url ? link(article.url, name) : name, `${known}.${sure}`);
}

function closeDetail() {
  const old = popup;
  popup = null; /* so that its closing does not count as the reader's */
  old?.remove();
}

/* Opens the pop-up of a feature where it is, or in the middle of the view for what has no place of its own. */
function openDetail(scene, feature, at) {
  const { map } = scene, marker = feature.layer === "events" ? scene.markers.get(feature.at) : null;
  const on = Boolean(marker && map.hasLayer(marker)), spot = !on && feature.layer === "events" && feature.geometry && !isWide(feature);
  const where = at || (on ? marker.getLatLng() : spot ? [table.lat[feature.at], table.lon[feature.at]] : map.getCenter());
  openPopup(scene, where, detail(feature), { feature, loose: !on && !at && !spot, raised: on });
}

function openPopup(scene, where, content, { feature = null, loose = false, raised = false } = {}) {
  const size = scene.map.getSize(), phone = size.x < 600;
  closeDetail();
  popup = L.popup({ maxWidth: Math.min(340, size.x - 44), minWidth: Math.min(260, size.x - 60), maxHeight: Math.max(140, size.y - (phone ? 90 : 150)),
    className: loose ? "card loose" : "card", offset: raised ? [0, -MARKER / 2 + 4] : [0, 0], autoPanPaddingTopLeft: [12, 12],
    autoPanPaddingBottomRight: [phone ? 12 : 60, 12], keepInView: false });
  popup.feature = feature;
  popup.setLatLng(where).setContent(content).openOn(scene.map);
  const close = popup.getElement()?.querySelector(".leaflet-popup-close-button");
  close?.setAttribute("aria-label", "Close");
  popup.getElement()?.setAttribute("role", "group");
  popup.getElement()?.setAttribute("aria-label", feature ? title(feature) : "Events here");
}
