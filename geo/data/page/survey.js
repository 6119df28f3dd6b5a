/* One walk over the events of a scene: how many there are, how many of them in view, and what the legend must explain. */
function survey(scene) {
  const { shown, map } = scene, bounds = map.getBounds(), { events } = shown, { lon, lat, wide, to, type, side, modality } = table;
  const [west, south, east, north] = [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()];
  const unreal = modality.values.map((name) => Object.hasOwn(UNREAL, name));
  const types = new Uint8Array(type.values.length), sides = new Uint8Array(side.values.length), modalities = new Uint8Array(modality.values.length);
  const counts = [[0, 0], [0, 0]]; /* of real and of unreal events: all, and those in view */
  let pale = false, afar = 0;
  const kinds = new Map(), { records } = table; /* by type and subtype, where the style has a sign for it */
  for (let k = 0; k < events.length; k++) {
    const i = events[k], own = counts[Number(unreal[modality.codes[i]])];
    own[0] += 1;
    if (wide[i]) afar += 1;
    else if (!(lat[i] >= south && lat[i] <= north && lon[i] >= west && lon[i] <= east)) continue;
    own[1] += 1;
    const kind = records?.[i].subtype ? `${records[i].type}/${records[i].subtype}` : "";
    if (kind && Object.hasOwn(data.style.subtypes, kind)) kinds.set(kind, [records[i].type, records[i].subtype]); else types[type.codes[i]] = 1;
    sides[side.codes[i]] = modalities[modality.codes[i]] = 1;
    if (to[i] < shown.day) pale = true;
  }
  const named = (marks, { values }) => values.filter((_, code) => marks[code]);
  scene.survey = { real: counts[0], unreal: counts[1], afar, pale, unrealCodes: unreal, types: [...named(types, type).map((name) => [name, ""]), ...kinds.values()], sides: named(sides, side), modalities: named(modalities, modality) };
}

/* The first events of a list, newest first, that pass a test. */
function firstOf(sorted, most, test) {
  const found = [];
  for (let k = 0; k < sorted.length && found.length < most; k++) if (test(sorted[k])) found.push(sorted[k]);
  return found;
}
