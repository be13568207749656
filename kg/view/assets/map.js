// Where the facts took place: bubbles on outlines that are part of the file.

const ATLAS = FACTS.map;
const STEEPEST = 55; // degrees: further north the map is not stretched less
const NEAREST = 70; // pixels of a degree at most
const WIDEST = 9; // degrees that are seen at least when it shows all

const MOST_PILLS = 4; // places that are buttons at the head of a list

const spotOf = (id) => ATLAS.spots[id] ?? null;

/** Where an event was held: actual before planned, known to the map. */
function venuesOf(event) {
  const held = nodes.get(event).edges.filter(
    (edge) => edge.type === "heldIn" && edge.source === event && edge.status !== "negated" && spotOf(edge.target),
  );
  const actual = held.filter((edge) => edge.status === "actual");
  return (actual.length ? actual : held).map((edge) => edge.target);
}

/** The places where a fact stands: those said of it, or those of its event. */
function placesOf(edge) {
  const said = edge.evidence.map((seen) => seen.place).filter((id) => id !== null && spotOf(id));
  if (said.length) return [...new Set(said)];
  if (ATLAS.venues.includes(edge.type) && spotOf(edge.target)) return [edge.target];
  const event = edge.relation.family === "role" ? null : edge.event;
  return event === null ? [] : venuesOf(event);
}

const chart = { scale: 0, x: 0, y: 0, edges: null, spots: [], opened: null, fitted: false };

/** Equirectangular, true at the latitude in the middle of what there is. */
const middle = (values) => (Math.min(...values) + Math.max(...values)) / 2;
const squeeze = ATLAS
  ? Math.cos((Math.min(Math.abs(middle(Object.values(ATLAS.spots).map(([lat]) => lat))), STEEPEST) * Math.PI) / 180)
  : 1;
const project = ([lon, lat]) => [lon * squeeze, -lat];

// --- what is on it

/** The facts by where they stand; what is not selected stays, but pale. */
function spotsOf(list) {
  const lit = new Set(list);
  const found = new Map();
  for (const edge of edges.values()) {
    if (!shown.edges.has(edge.id) && !lit.has(edge)) continue;
    for (const id of placesOf(edge)) {
      const [lat, lon, rough] = spotOf(id);
      const key = `${lat} ${lon} ${rough}`;
      const [x, y] = project([lon, lat]);
      if (!found.has(key)) found.set(key, { key, x, y, rough: rough === 1, places: new Map(), lit: new Set() });
      const spot = found.get(key);
      spot.places.set(id, (spot.places.get(id) || 0) + 1);
      if (lit.has(edge)) spot.lit.add(edge);
    }
  }
  return [...found.values()].sort((a, b) => b.lit.size - a.lit.size || (a.key < b.key ? -1 : 1));
}

const radius = (number) => (number ? Math.min(9 + 2.6 * Math.sqrt(number), 30) : 5);

/** What lies so close that it would be hidden is one bubble, at the place of the fullest. */
function clustersOf(spots, scale) {
  const clusters = [];
  for (const spot of spots) {
    const near = clusters.find((one) => {
      const room = Math.max(20, radius(one.lit.size) + radius(spot.lit.size) - 3);
      return Math.hypot(one.x - spot.x, one.y - spot.y) * scale < room && !(one.lit.size && !spot.lit.size && room > 40);
    });
    if (!near) clusters.push({ ...spot, spots: [spot], lit: new Set(spot.lit), places: new Map(spot.places) });
    else {
      near.spots.push(spot);
      for (const edge of spot.lit) near.lit.add(edge);
      for (const [id, number] of spot.places) near.places.set(id, (near.places.get(id) || 0) + number);
    }
  }
  return clusters;
}

/** The name of a bubble: a town before a house before a country, the fullest first; how many more. */
function placeNames({ places, spots }) {
  const rank = (id) => 2 * spotOf(id)[2] + (nodes.get(id).wikidata === null);
  const own = [...places].sort(([a, n], [b, m]) => rank(a) - rank(b) || m - n).map(([id]) => id);
  const rest = own.length - 1;
  return { own, words: nameOf(own[0]) + (rest ? ` + ${rest}` : ""), spread: spots.length > 1 };
}

// --- what is drawn

const measure = (() => {
  const pen = el("canvas").getContext("2d");
  pen.font = "600 12px system-ui, sans-serif";
  return (words) => pen.measureText(words).width;
})();

/** Put names beside bubbles where they hide nothing: right, left, below, above, or not at all. */
function placeLabels(drawn) {
  const { clientWidth: width, clientHeight: height } = byId("map-face");
  const boxes = drawn.map(({ x, y, size }) => [x - size, y - size, x + size, y + size]);
  const free = ([left, top, right, bottom], own) =>
    // What is cut off is no name; beyond the edge it does not matter, until the map is moved.
    (left >= 0 || right < 0) &&
    (right <= width || left > width) &&
    (bottom <= height || top > height) &&
    boxes.every(([l, t, r, b], at) => at === own || right < l || left > r || bottom < t || top > b);
  drawn.forEach((one, at) => {
    if (!one.lit) return;
    const [wide, gap] = [measure(one.words) + 6, one.size + 4];
    const sides = {
      right: [one.x + gap, one.y - 9, one.x + gap + wide, one.y + 9],
      left: [one.x - gap - wide, one.y - 9, one.x - gap, one.y + 9],
      below: [one.x - wide / 2, one.y + gap, one.x + wide / 2, one.y + gap + 17],
      above: [one.x - wide / 2, one.y - gap - 17, one.x + wide / 2, one.y - gap],
    };
    one.side = Object.keys(sides).find((side) => free(sides[side], at)) ?? null;
    if (one.side) boxes.push(sides[one.side]);
  });
}

const onMap = ({ x, y }) => [x * chart.scale + chart.x, y * chart.scale + chart.y];

function bubbleOf(one) {
  const { cluster, size, words, side, x, y } = one;
  const number = cluster.lit.size;
  const sure = [...cluster.lit].some((edge) => edge.status === "actual");
  const chosen = [...cluster.lit].some((edge) => edge.id === state.edge) || cluster.places.has(state.focus);
  const kinds = [cluster.rough ? "rough" : "", number && !sure ? "unsure" : "", number ? "" : "pale", chosen ? "chosen" : ""];
  const style = { left: `${x}px`, top: `${y}px`, width: `${2 * size}px`, height: `${2 * size}px` };
  const what = `${words}: ${number ? count(number, "fact") : "nothing of what is selected"}`;
  const given = { class: `bubble ${kinds.join(" ")}`, style, title: what, "aria-label": what, "data-key": cluster.key };
  return button(
    given,
    () => openPlace(cluster),
    number > 1 ? el("b", {}, String(number)) : null,
    side ? el("span", { class: side, dir: "auto" }, words) : null,
  );
}

function drawBubbles() {
  const host = byId("bubbles");
  const focused = host.contains(document.activeElement) ? document.activeElement.dataset.key : null;
  host.style.removeProperty("transform");
  chart.shift = [0, 0];
  const drawn = clustersOf(chart.spots, chart.scale).map((cluster) => {
    const [x, y] = onMap(cluster);
    const { words } = placeNames(cluster);
    return { cluster, x, y, words, size: radius(cluster.lit.size), lit: cluster.lit.size > 0, side: null };
  });
  placeLabels(drawn);
  host.replaceChildren(...drawn.map(bubbleOf));
  if (focused !== null) host.querySelector(`[data-key="${focused}"]`)?.focus({ preventScroll: true });
}

function moveGround() {
  byId("ground").setAttribute("transform", `translate(${chart.x} ${chart.y}) scale(${chart.scale})`);
}

/** Where everything on the map would stand, were nothing hidden. */
const everySpot = () =>
  Object.values(ATLAS.spots).map(([lat, lon]) => {
    const [x, y] = project([lon, lat]);
    return { x, y };
  });

/** Show these spots as large as they fit; where the filters leave none, where all would be. */
function fitMap(spots = chart.spots.filter((spot) => spot.lit.size)) {
  const { clientWidth: width, clientHeight: height } = byId("map-face");
  const all = [spots, chart.spots].find((some) => some.length) || everySpot();
  if (!width || !height) return;
  const [xs, ys] = [all.map(({ x }) => x), all.map(({ y }) => y)];
  const extent = (values) => Math.max(Math.max(...values) - Math.min(...values), WIDEST);
  chart.scale = Math.min((width - 150) / extent(xs), (height - 110) / extent(ys), NEAREST);
  chart.x = width / 2 - middle(xs) * chart.scale;
  chart.y = height / 2 - middle(ys) * chart.scale;
  chart.fitted = true;
  moveGround();
  drawBubbles();
}

function zoomMap(factor, at = null) {
  const { clientWidth: width, clientHeight: height } = byId("map-face");
  const [x, y] = at || [width / 2, height / 2];
  const scale = Math.min(Math.max(chart.scale * factor, width / 400), NEAREST);
  chart.x = x - ((x - chart.x) * scale) / chart.scale;
  chart.y = y - ((y - chart.y) * scale) / chart.scale;
  chart.scale = scale;
  chart.fitted = false;
  moveGround();
  drawBubbles();
}

function panMap(x, y) {
  chart.x += x;
  chart.y += y;
  chart.shift = [chart.shift[0] + x, chart.shift[1] + y];
  chart.fitted = false;
  moveGround();
  byId("bubbles").style.transform = `translate(${chart.shift[0]}px, ${chart.shift[1]}px)`;
}

// --- the list of a place

function openPlace(cluster) {
  const { own, spread } = placeNames(cluster);
  const list = [...cluster.lit].sort((a, b) => before(a.dates[0] || "~", b.dates[0] || "~"));
  const zoomIn = button({ class: "plain act" }, () => fitMap(cluster.spots), "Zoom in");
  const close = button({ "aria-label": "Close", class: "close" }, closePlace, "×");
  const facts = el("div", {});
  byId("place").replaceChildren(
    el(
      "div",
      { class: "place-head" },
      own.slice(0, MOST_PILLS).map((id) => pill(id)),
      own.length > MOST_PILLS
        ? el("span", { class: "more-of" }, `and ${own.slice(MOST_PILLS).map(nameOf).join(", ")}`)
        : null,
      spread ? zoomIn : null,
      close,
    ),
    cluster.rough ? el("p", { class: "hint" }, "Only the country is known; the bubble stands in its middle.") : "",
    facts,
  );
  chart.opened = cluster.key;
  byId("place").hidden = false;
  drawDay(facts, blocksOf(list, null));
  byId("place").scrollTop = 0;
  byId("place").focus({ preventScroll: true });
  makeRoom(cluster);
}

/** Move the map where the list would lie over its own bubble. */
function makeRoom(cluster) {
  const [x] = onMap(cluster);
  const left = byId("place").offsetLeft;
  if (left < 200 || x + radius(cluster.lit.size) < left) return;
  panMap(left / 2 - x, 0);
  drawBubbles();
}

function closePlace() {
  const key = chart.opened;
  const inside = byId("map").contains(document.activeElement);
  chart.opened = null;
  byId("place").hidden = true;
  if (inside) byId("bubbles").querySelector(`[data-key="${key}"]`)?.focus({ preventScroll: true });
}
