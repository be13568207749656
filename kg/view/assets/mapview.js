// The map as a view: its parts, pointer, touch and keys; in step with selection and time.

const PAPER = 670; // pixels of a page's width

function makeMap() {
  const face = el(
    "div",
    {
      id: "map-face",
      tabindex: "0",
      role: "application",
      "aria-label": "Map. The arrow keys move it, + and − zoom, F shows all; the bubbles are buttons.",
    },
  );
  const ground = svg("g", { id: "ground" });
  const { land, borders } = groundOf(ATLAS.outlines, project);
  ground.append(svg("path", { class: "land", d: land }), svg("path", { class: "borders", d: borders }));
  const sheet = svg("svg", { "aria-hidden": "true" });
  sheet.append(ground);
  face.append(sheet);
  const tool = (words, label, act) => button({ "aria-label": label, title: label }, act, words);
  byId("map").append(
    face,
    el("div", { id: "bubbles", role: "group", "aria-label": "Places" }),
    el("p", { id: "map-words", role: "status" }),
    el("section", { id: "place", "aria-label": "Facts of the place", tabindex: "-1", hidden: true }),
    el(
      "div",
      { class: "zoom" },
      tool("+", "Zoom in", () => zoomMap(1.5)),
      tool("−", "Zoom out", () => zoomMap(1 / 1.5)),
      tool("⤢", "Show all", () => fitMap()),
    ),
    el(
      "p",
      { class: "map-note" },
      "Square: only the country is known. Hollow: planned, possible or denied. Outlines: Natural Earth; they take no position on borders.",
    ),
  );
  moveByPointer(byId("map"));
  moveByKeys(byId("map"));
  new ResizeObserver(() => (chart.fitted || !chart.scale ? fitMap() : drawBubbles())).observe(face);
}

/** Drag with one pointer, pinch with two, turn the wheel; what is a button stays one. */
function moveByPointer(host) {
  const held = new Map();
  const where = ({ clientX, clientY }) => {
    const { left, top } = host.getBoundingClientRect();
    return [clientX - left, clientY - top];
  };
  const apart = () => {
    const [[x, y], [u, v]] = [...held.values()];
    return { distance: Math.hypot(x - u, y - v), at: [(x + u) / 2, (y + v) / 2] };
  };
  const ours = (event) => event.target.closest("#map-face");
  host.addEventListener("pointerdown", (event) => {
    if (!ours(event) || event.button > 0) return;
    held.set(event.pointerId, where(event));
    byId("map-face").setPointerCapture(event.pointerId);
  });
  host.addEventListener("pointermove", (event) => {
    const before = held.get(event.pointerId);
    if (!before) return;
    const now = where(event);
    if (held.size === 1) {
      panMap(now[0] - before[0], now[1] - before[1]);
      held.set(event.pointerId, now);
    } else if (held.size === 2) {
      const { distance } = apart();
      held.set(event.pointerId, now);
      const { distance: next, at } = apart();
      if (distance > 0) zoomMap(next / distance, at);
    }
  });
  const release = (event) => {
    if (held.delete(event.pointerId) && !held.size) drawBubbles();
  };
  host.addEventListener("pointerup", release);
  host.addEventListener("pointercancel", release);
  host.addEventListener(
    "wheel",
    (event) => {
      if (event.target.closest("#place")) return;
      event.preventDefault();
      zoomMap(Math.exp(-Math.sign(event.deltaY) * Math.min(Math.abs(event.deltaY), 100) * 0.003), where(event));
    },
    { passive: false },
  );
  host.addEventListener("dblclick", (event) => ours(event) && zoomMap(2, where(event)));
}

function moveByKeys(host) {
  const acts = {
    "+": () => zoomMap(1.5),
    "=": () => zoomMap(1.5),
    "-": () => zoomMap(1 / 1.5),
    f: () => fitMap(),
    ArrowLeft: () => panMap(80, 0),
    ArrowRight: () => panMap(-80, 0),
    ArrowUp: () => panMap(0, 80),
    ArrowDown: () => panMap(0, -80),
  };
  host.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const inList = event.target.closest("#place");
    const act = event.key === "Escape" && !byId("place").hidden ? closePlace : inList ? null : acts[event.key];
    if (!act) return;
    event.preventDefault();
    event.stopPropagation();
    act();
    if (act !== closePlace && event.key.startsWith("Arrow")) drawBubbles();
  });
}

/** Say how much of what is selected stands on the map. */
function tellMap(list, placed) {
  const away = list.length - placed;
  byId("map-words").replaceChildren(
    el("b", {}, placed ? `${count(placed, "fact")} on the map` : "No fact of this selection names a place on the map"),
    away && placed ? ` · ${away} without a place` : "",
  );
}

function drawMap(what) {
  if (!byId("map-face")) makeMap();
  const list = selected();
  const fresh = chart.edges === null;
  const same = what === "select" && alike(list, chart.edges);
  if (!same) {
    chart.edges = list;
    chart.spots = spotsOf(list);
    const placed = new Set(chart.spots.flatMap((spot) => [...spot.lit]));
    tellMap(list, placed.size);
    if (!byId("place").hidden) closePlace();
  }
  if (fresh || !chart.scale || (!same && chart.fitted)) return fitMap();
  reachChosen();
  drawBubbles();
  markChosen();
}

/** Move the place of the selected fact into view. */
function reachChosen() {
  const own = chart.spots.find((spot) => [...spot.lit].some((edge) => edge.id === state.edge));
  if (!own) return;
  const [x, y] = onMap(own);
  const { clientWidth: width, clientHeight: height } = byId("map-face");
  if (x > 30 && y > 30 && x < width - 30 && y < height - 30) return;
  panMap(width / 2 - x, height / 2 - y);
}

/** Paper is narrower than the window: the map is printed as it is seen, but smaller. */
addEventListener("beforeprint", () => {
  const map = byId("map");
  if (!map || map.hidden) return;
  const { clientWidth: width, clientHeight: height } = map;
  map.style.setProperty("--width", `${width}px`);
  map.style.setProperty("--height", `${height}px`);
  map.style.setProperty("--shrink", String(Math.min(1, PAPER / width)));
});

if (ATLAS) addView({ name: "map", title: "Map", key: "m", draw: drawMap });
