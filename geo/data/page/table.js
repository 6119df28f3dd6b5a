/* The events as columns in the order of their first day. What is filtered, counted and drawn by the thousand reads these
   alone; a record of an event is made only where one is shown. */
const table = { count: 0, records: null };
const NEVER = 1e7; /* a day after all others: an open end */
const LONG = 31; /* days, above which an event counts as lasting long */
const CODED = ["type", "side", "modality", "source", "place"];

function readTable() {
  if (data.packed) unpack(data.packed, JSON.parse(byId("sitmap-packed").textContent));
  else tabulate(data.features.filter((f) => f.layer === "events").sort((a, b) => a.from - b.from || a.key - b.key));
  const { count, lon, lat, near } = table;
  table.x = new Float64Array(count);
  table.y = new Float64Array(count);
  table.wide = new Uint8Array(count);
  for (let i = 0; i < count; i++) {
    /* the share of the world's width and height in Web Mercator, as Leaflet has it */
    table.x[i] = lon[i] / 360 + 0.5;
    table.y[i] = 0.5 - Math.log(Math.tan(Math.PI / 4 + (lat[i] * Math.PI) / 360)) / (2 * Math.PI);
    table.wide[i] = Number(!(near[i] <= data.wideM) || !inTheatre(lon[i], lat[i]));
  }
  /* looked at on every day: what lasts long, and what stands after those in order */
  table.sorted = data.packed ? data.packed.count : count;
  const always = [];
  for (let i = 0; i < count; i++) if (i >= table.sorted || table.to[i] - table.from[i] > LONG) always.push(i);
  table.always = Uint32Array.from(always);
}

function inTheatre(lon, lat) {
  if (!data.bbox) return !Number.isNaN(lon);
  const [west, south, east, north] = data.bbox;
  return lon >= west && lon <= east && lat >= south && lat <= north;
}

function columns(count) {
  Object.assign(table, { count, from: new Int32Array(count), to: new Int32Array(count), lon: new Float64Array(count).fill(NaN),
    lat: new Float64Array(count).fill(NaN), sure: new Float32Array(count).fill(NaN), near: new Float32Array(count), undated: new Uint8Array(count) });
}

/* From records, one each. */
function tabulate(records) {
  columns(records.length);
  Object.assign(table, { records, index: new Map(records.map((f, i) => [f.id, i])), alsoFrom: new Map() });
  for (const name of CODED) table[name] = { codes: new Uint32Array(records.length), values: [] };
  writeRows(records, 0);
}

/* Records into the rows from the given one on; values that the columns do not know yet get the next numbers. */
function writeRows(records, first) {
  const numbers = new Map(CODED.map((name) => [name, new Map(table[name].values.map((value, code) => [value, code]))]));
  const code = (name, value) => {
    const known = numbers.get(name);
    if (!known.has(value)) known.set(value, table[name].values.push(value) - 1);
    return known.get(value);
  };
  records.forEach((f, k) => {
    const i = first + k;
    f.at = i;
    table.from[i] = Math.max(-NEVER, f.from);
    table.to[i] = Math.min(NEVER, f.to);
    if (f.geometry) [table.lon[i], table.lat[i]] = f.geometry.coordinates;
    table.near[i] = f.precision_m ?? 0;
    if (typeof f.confidence === "number") table.sure[i] = f.confidence;
    const told = { type: f.type || "other", side: sideOf(f), modality: f.modality ?? "", source: sourceName(f), place: f.place || "" };
    for (const name of CODED) table[name].codes[i] = code(name, told[name]);
    const sources = new Set((f.reports ?? []).map((report) => code("source", sourceName(report))));
    if (sources.size > 1) table.alsoFrom.set(i, [...sources]);
  });
}

function sourceName(told) {
  return told.source || data.articleById.get(told.article)?.source || "";
}

/* From columns of bits, as geo/maps/packed.py writes them. */
function unpack(header, text) {
  const letters = atob(text), bytes = new Uint8Array(letters.length), { count, box } = header;
  for (let i = 0; i < bytes.length; i++) bytes[i] = letters.charCodeAt(i);
  const more = data.features.filter((f) => f.layer === "events"); /* that have no place: they stand after the packed ones */
  columns(count + more.length);
  Object.assign(table, { index: new Map(more.map((f, k) => [f.id, count + k])), made: new Map(more.map((f, k) => [count + k, f])), alsoFrom: new Map(), more });
  let at = 0, row = 0, day = dayNumber(header.first);
  for (let run = 0; run < header.runs.length; run += 2) {
    day += header.runs[run];
    for (let end = row + header.runs[run + 1]; row < end; row++) table.from[row] = day;
  }
  for (const { name, bits, values } of header.columns) {
    const codes = readBits(bytes, at, bits, count, table.count);
    at += Math.ceil((count * bits) / 8);
    if (CODED.includes(name)) table[name] = { codes, values };
    else if (name === "east") for (let i = 0; i < count; i++) table.lon[i] = box[0] + codes[i] * box[2];
    else if (name === "north") for (let i = 0; i < count; i++) table.lat[i] = box[1] + codes[i] * box[3];
    else if (name === "days") for (let i = 0; i < count; i++) table.to[i] = values[codes[i]] < 0 ? NEVER : table.from[i] + values[codes[i]];
    else if (name === "undated") for (let i = 0; i < count; i++) table.undated[i] = values[codes[i]];
    else if (name === "confidence") for (let i = 0; i < count; i++) table.sure[i] = values[codes[i]] ?? NaN;
    else if (name === "precision_m") for (let i = 0; i < count; i++) table.near[i] = values[codes[i]] ?? 0;
  }
  writeRows(more, count);
}

/* Numbers of so many bits each, highest bit first. */
function readBits(bytes, start, bits, count, room) {
  const numbers = new Uint32Array(room);
  let at = start, held = 0, have = 0;
  for (let i = 0; i < count && bits; i++) {
    let value = 0, want = bits;
    while (want > 0) {
      if (!have) { held = bytes[at++]; have = 8; }
      const take = Math.min(want, have);
      value = (value << take) | ((held >> (have - take)) & ((1 << take) - 1));
      have -= take;
      want -= take;
    }
    numbers[i] = value;
  }
  return numbers;
}

/* The record of an event; of packed ones made when it is first asked for. */
function eventAt(i) {
  if (table.records) return table.records[i];
  if (table.made.has(i)) return table.made.get(i);
  const told = Object.fromEntries(CODED.map((name) => [name, table[name].values[table[name].codes[i]]]));
  const near = table.near[i], end = table.to[i], from = table.from[i], fate = UNREAL[told.modality] ? ` (${words(told.modality)})` : "";
  const feature = { ...told, layer: "events", id: `no-${i}`, at: i, key: i, from, to: end === NEVER ? Infinity : end, packed: true,
    geometry: { type: "Point", coordinates: [table.lon[i], table.lat[i]] }, undated: Boolean(table.undated[i]) || undefined,
    label: `${typeStyle(told.type).label}${fate}${told.place ? `: ${told.place}` : ""}`, precision_m: near, near: distanceWords(near), phrase: "", figures: "", quote: quoteAt(i),
    when: end === from ? dayWords(from) : end === NEVER ? `since ${dayWords(from)}` : `${dayWords(from)} – ${dayWords(end)}`,
    confidence: Number.isNaN(table.sure[i]) ? undefined : table.sure[i] };
  if (table.made.size > 20000 + table.more.length) table.made = new Map(table.more.map((f) => [f.at, f]));
  table.made.set(i, feature);
  return feature;
}

function packedById(id) {
  const number = data.packed && /^no-(\d{1,9})$/.exec(id ?? "");
  return number && Number(number[1]) < table.count ? eventAt(Number(number[1])) : undefined;
}

/* The quotes of packed events, as geo/maps/quotes.py writes them: {first, texts, of}. They are unpacked once the map stands. */
async function readQuotes() {
  const block = byId("sitmap-quotes");
  if (!block || typeof DecompressionStream === "undefined") return;
  const letters = atob(JSON.parse(block.textContent)), bytes = Uint8Array.from(letters, (letter) => letter.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  table.quotes = JSON.parse(await new Response(stream).text());
  table.made = new Map(table.more.map((f) => [f.at, f]));
  if (popup?.feature?.packed) closeDetail();
  choose({});
}

function quoteAt(i) {
  return table.quotes?.texts[table.quotes.of[i - table.quotes.first]] ?? "";
}

function distanceWords(metres) {
  return !metres ? "" : metres < 1000 ? `within ${metres.toFixed(0)} m` : `within ${Number((metres / 1000).toPrecision(2))} km`;
}
