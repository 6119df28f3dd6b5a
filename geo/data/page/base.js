/* The basemap: quiet lines and areas beneath everything; its towns and countries are labels. */
const TOWN_ZOOM = [6, 9, 12.75, 11]; /* by rank: city, town, quarter or crossing, village */
const LEAST_RIVER = 120; /* px of its course in sight */
const LEAST_LAKE = 60; /* px across */
const BASE_STYLE = { countries: "land", borders: "border", admin1: "admin1", lakes: "water", rivers: "river", coast: "coast",
  outline: "outline", roads: "road" };

function baseStyle(layer, feature) {
  let name = feature.disputed && layer === "borders" ? "disputed" : BASE_STYLE[layer] || layer;
  if (name === "land" && data.countries.length && !data.countries.includes(feature.iso)) name = "abroad";
  return { name, ...entry(data.style.basemap, name, { color: "#bbb5aa", width: 1, dash: [] }) };
}

/* The sea is what the basemap's window has no country on; beyond the window nothing is known. */
function drawSea(map) {
  if (!data.base.countries?.length) return;
  const bounds = L.latLngBounds([]);
  for (const feature of data.base.countries) bounds.extend(L.geoJSON(feature.geometry).getBounds());
  L.rectangle(bounds, { pane: "base", interactive: false, stroke: false, fillOpacity: 1, className: "base base-water",
    fillColor: entry(data.style.basemap, "water", {}).color }).addTo(map);
}

function drawBase(map) {
  const pane = map.createPane("base");
  pane.style.zIndex = 250;
  pane.style.pointerEvents = "none";
  drawSea(map);
  for (const [layer, features] of Object.entries(data.base)) {
    for (const feature of features) {
      if (feature.geometry.type.endsWith("Point")) continue;
      const style = baseStyle(layer, feature), area = feature.geometry.type.endsWith("Polygon");
      L.geoJSON(feature.geometry, { pane: "base", interactive: false, style: {
        className: `base base-${style.name}`, stroke: !area || style.width > 0, color: style.color,
        weight: style.width || 1, dashArray: style.dash.join(" ") || null,
        fill: area, fillColor: style.color, fillOpacity: 1, interactive: false,
      } }).addTo(map);
    }
  }
}

/* The towns of the basemap; what is not of the atlas or not large shows only from near. */
function baseLabels() {
  return (data.base.towns || []).filter((town) => town.name && town.geometry.type === "Point").map((town, index) => ({
    key: `town ${index}`, text: town.name, arabic: town.name_ar, kind: town.rank <= 1 ? "big" : "town", lat: town.geometry.coordinates[1], lon: town.geometry.coordinates[0],
    order: index, zoom: TOWN_ZOOM[Math.min(town.rank ?? 4, 4) - 1] }));
}

/* The names of the rivers in sight, each beside the middle of its longest stretch in the window, and of the lakes. */
function waterLabels(map) {
  const view = map.getBounds().pad(-0.04), onMap = ([lon, lat]) => map.latLngToLayerPoint([lat, lon]), longest = new Map();
  for (const river of data.base.rivers || []) {
    for (const line of river.name ? lines(river.geometry) : []) {
      const seen = line.filter(([lon, lat]) => view.contains([lat, lon])), size = seen.length > 1 ? onMap(seen[0]).distanceTo(onMap(seen.at(-1))) : 0;
      if (size > LEAST_RIVER && size > (longest.get(river.name)?.size ?? 0)) longest.set(river.name, { size, arabic: river.name_ar, at: seen[Math.floor(seen.length / 2)] });
    }
  }
  const rivers = [...longest].map(([name, { arabic, at: [lon, lat] }]) => ({ key: `river ${name}`, text: name, arabic, kind: "water", lat, lon, rank: 6.5, gap: 6 }));
  const lakes = (data.base.lakes || []).filter((lake) => lake.name && lake.geometry.type === "Polygon").map((lake) => {
    const box = L.geoJSON(lake.geometry).getBounds(), { lat, lng: lon } = box.getCenter(), reach = onMap([box.getWest(), box.getSouth()]).distanceTo(onMap([box.getEast(), box.getNorth()]));
    return { key: `lake ${lake.name} ${lat}`, text: lake.name, arabic: lake.name_ar, kind: "water", lat, lon, rank: 6, wide: true, reach, inside: insideRing(lon, lat, lake.geometry.coordinates[0]) };
  });
  return [...rivers, ...lakes.filter(({ reach, inside }) => reach > LEAST_LAKE && inside)];
}

/* The names of the countries in sight, each in the middle of what is to be seen of it. */
function countryLabels(map) {
  const view = map.getBounds(), key = `${map.getZoom()} ${view.toBBoxString()}`;
  if (map.countries?.key !== key) map.countries = { key, labels: countriesIn(map, view) };
  return map.countries.labels;
}

function countriesIn(map, view) {
  const parts = new Map();
  for (const country of map.getZoom() < 10 ? data.base.countries || [] : []) {
    if (!country.name || country.geometry.type !== "Polygon") continue;
    const bounds = L.geoJSON(country.geometry).getBounds();
    if (!bounds.intersects(view)) continue;
    const spots = [];
    for (let row = 1; row < 8; row++) {
      for (let column = 1; column < 8; column++) {
        const lat = view.getSouth() + ((view.getNorth() - view.getSouth()) * row) / 8;
        const lon = view.getWest() + ((view.getEast() - view.getWest()) * column) / 8;
        if (insideRing(lon, lat, country.geometry.coordinates[0])) spots.push([lat, lon]);
      }
    }
    if (spots.length > (parts.get(country.name)?.spots.length || 0)) parts.set(country.name, { spots, arabic: country.name_ar });
  }
  return [...parts].filter(([, { spots }]) => spots.length > 2).map(([name, { spots, arabic }]) => {
    const middle = [0, 1].map((axis) => spots.reduce((sum, spot) => sum + spot[axis], 0) / spots.length);
    const [lat, lon] = spots.reduce((best, spot) => (far(spot, middle) < far(best, middle) ? spot : best));
    return { key: `country ${name}`, text: name, arabic, kind: "country", lat, lon, rank: 9, wide: true };
  });
}

function far(a, b) {
  return Math.hypot(a[0] - b[0], a[1] - b[1]);
}

/* Whether a point lies in a ring, by counting the edges that a ray to the east crosses. */
function insideRing(x, y, ring) {
  let inside = false;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const [xi, yi] = ring[i], [xj, yj] = ring[j];
    if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) inside = !inside;
  }
  return inside;
}

/* OpenStreetMap's tiles, the only thing that the page ever asks of another host, and only when the reader says so. */
function tileSwitch(map) {
  const tiles = L.tileLayer("https://tile.openstreetmap.org/{z}/{x}/{y}.png", {
    maxZoom: 19, maxNativeZoom: 19, className: "tiles",
    attribution: "© <a href=\"https://www.openstreetmap.org/copyright\">OpenStreetMap contributors</a>",
  });
  listeners.push(() => {
    document.body.classList.toggle("with-tiles", state.tiles);
    if (state.tiles && !map.hasLayer(tiles)) tiles.addTo(map);
    if (!state.tiles && map.hasLayer(tiles)) tiles.remove();
  });
}
