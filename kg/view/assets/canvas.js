// The drawing: vis-network draws pictures, lines and arrows; positions come from the data.

const theme = { dark: false };
const stroke = { actual: false, planned: [9, 6], possible: [2, 5], negated: [9, 4] };
const arrow = { actual: "arrow", planned: "vee", possible: "vee", negated: "bar" };
const NEGATED = "#dc2626";

/** Mix a colour with white, so that dark lines are seen on a dark page. */
function lighten(colour, part) {
  const mixed = [1, 3, 5].map((at) => {
    const value = parseInt(colour.slice(at, at + 2), 16);
    return Math.round(value + (255 - value) * part)
      .toString(16)
      .padStart(2, "0");
  });
  return `#${mixed.join("")}`;
}

const ink = (colour) => (theme.dark ? lighten(colour, 0.35) : colour);
const edgeColour = (edge) => ink(edge.status === "negated" ? NEGATED : edge.relation.colour);

/** The colours of a line as vis-network wants them. */
function inkOf(edge) {
  const colour = edgeColour(edge);
  return { color: colour, hover: colour, highlight: colour, opacity: edge.basis === "text" ? 0.8 : 0.45 };
}

/** How far the drawing is pulled apart to fill a window that is wider or higher than it. */
const pull = (() => {
  const { clientWidth: width, clientHeight: height } = byId("network");
  const extent = (axis) =>
    Math.max(1, ...ranked.map((node) => node[axis])) - Math.min(0, ...ranked.map((node) => node[axis]));
  const excess = (width / Math.max(height, 1)) * ((extent("y") + 120) / (extent("x") + 120));
  const within = (factor) => (factor > 0 ? Math.min(Math.max(factor, 1), 1.7) : 1);
  return { x: within(excess), y: within(1 / excess) };
})();

const asNode = (node, { x, y }) => {
  const usual = { id: node.id, x, y, size: sizeOf(node) };
  if (!dotted()) return { ...usual, shape: "image", image: node.picture };
  return { ...usual, shape: "dot", color: { background: ink(node.colour), border: ink(node.colour) } };
};

const AIRY = 100; // scenes of more entities have thinner lines

/** How thick a line is: the more documents say so, or the more facts it stands for. */
function widthOf(edge) {
  const more = edge.documents + (bundles.get(edge.id)?.length ?? 1) - 2;
  const usual = dotted() ? 0.7 : scene.ids.size > AIRY ? 1.4 : 1.9;
  return Math.min(usual * (1 + 0.3 * more), 2.4 * usual);
}

const asEdge = (edge) => ({
  id: edge.id,
  from: edge.source,
  to: edge.target,
  dashes: edge.basis === "background" ? [2, 2] : stroke[edge.status],
  width: widthOf(edge),
  selfReference: { size: edge.loop, angle: Math.PI / 4 },
  color: inkOf(edge),
  arrows: { to: { enabled: !edge.symmetric, type: arrow[edge.status] } },
  smooth: edge.bend
    ? { enabled: true, type: edge.bend > 0 ? "curvedCW" : "curvedCCW", roundness: Math.abs(edge.bend) }
    : { enabled: false },
});

const DRAGGED = 400; // so many lines are hidden while the drawing is moved, and most names

const network = new vis.Network(
  byId("network"),
  { nodes: [], edges: [] },
  {
    physics: false,
    layout: { improvedLayout: false },
    interaction: { hover: true, keyboard: false, selectConnectedEdges: false },
    nodes: { shapeProperties: { useBorderWithImage: false }, borderWidth: 0, chosen: false },
    edges: {
      arrows: { to: { scaleFactor: 0.55 } },
      hoverWidth: 0.8,
      selectionWidth: 1.4,
    },
  },
);

/** Whether a relation is part of the scene. */
const isDrawn = (edge) => network.body.edges[edge.id] !== undefined;

/** Draw once before the next frame, however often it is asked for; `network.redraw()` draws each time. */
const drawSoon = () => network.body.emitter.emit("_requestRedraw");

/** How much larger than on the screen the drawing is drawn just now, for a picture to take along. */
let magnified = 1;

/** The part of the drawing that is seen. */
function seenBox() {
  const { clientWidth, clientHeight } = network.canvas.frame.canvas;
  const { x: left, y: top } = network.DOMtoCanvas({ x: 0, y: 0 });
  const { x: right, y: bottom } = network.DOMtoCanvas({ x: clientWidth, y: clientHeight });
  return { left, top, right, bottom };
}

// A data set of vis-network would build every changed line anew, 0.5 s for 4,000 of them; what is
// hidden and which colour it has are therefore set in the drawing itself.

function drawFilters() {
  const { nodes: drawnNodes, edges: drawnEdges } = network.body;
  const behind = bundleUp();
  for (const id of scene.ids) drawnNodes[id].options.hidden = !shown.nodes.has(id);
  for (const edge of edgesByRarity) {
    const line = drawnEdges[edge.id];
    if (!line) continue;
    line.options.hidden = !shown.edges.has(edge.id) || behind.has(edge.id);
    line.options.width = widthOf(edge);
  }
  scene.seen = {
    nodes: ranked.filter(({ id }) => scene.ids.has(id) && shown.nodes.has(id)).map(({ id }) => id),
    edges: edgesByRarity.filter(({ id }) => drawnEdges[id] && !drawnEdges[id].options.hidden).map(({ id }) => id),
  };
  const many = scene.seen.edges.length > DRAGGED;
  Object.assign(network.interactionHandler.options, { hideEdgesOnDrag: many, hideEdgesOnZoom: many });
  network._updateVisibleIndices();
}

function drawColours() {
  if (scene.kind === "overview") return drawOverview();
  for (const id of scene.seen.edges) Object.assign(network.body.edges[id].options.color, inkOf(edges.get(id)));
  return undefined;
}

let moved = false; // whether the drawing is being dragged
network.on("dragStart", () => (moved = true));
network.on("dragEnd", () => {
  moved = false;
  drawSoon();
});

/** What the selection lights up; all else is veiled. */
function litParts() {
  if (state.path !== null) {
    const { from, to, edges: steps, also = [] } = state.path;
    const ends = steps.flatMap((id) => [edges.get(id).source, edges.get(id).target]);
    return { nodes: new Set([from, to, ...ends, ...also]), edges: new Set(steps) };
  }
  if (state.edge !== null) {
    const beside = pairs.get(pairOf(edges.get(state.edge))).filter((edge) => shown.edges.has(edge.id));
    const [{ source, target }] = beside;
    return { nodes: new Set([source, target]), edges: new Set(beside.map((edge) => edge.id)) };
  }
  if (state.focus === null) return null;
  const near = nodes.get(state.focus).edges.filter((edge) => shown.edges.has(edge.id) && isDrawn(edge));
  const ends = near.flatMap((edge) => [edge.source, edge.target]);
  return { nodes: new Set([state.focus, ...ends]), edges: new Set(near.map((edge) => edge.id)) };
}

// --- what is seen

/** The box around what is drawn, with its labels, in the drawing's own units; small drawings have large labels. */
function boundsOf(ids, scale = 1) {
  const letter = Math.max(1, 0.8 / scale);
  const box = { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity };
  for (const id of ids) {
    const { lines, size } = scene.bubbles.get(id) || { ...nodes.get(id), size: sizeOf(nodes.get(id)) };
    const { x, y } = network.getPosition(id);
    const half = Math.max(size, dotted() ? 0 : 3.7 * letter * Math.max(...lines.map((line) => line.length)));
    box.left = Math.min(box.left, x - half);
    box.right = Math.max(box.right, x + half);
    box.top = Math.min(box.top, y - size - 4);
    box.bottom = Math.max(box.bottom, y + size + 16 * letter * lines.length + 4);
  }
  return box;
}

const CONTROLS = 36; // pixels kept free for the buttons at the right

const glide = () => (calm() ? false : { duration: 320, easingFunction: "easeInOutQuad" });

function showAll(ids = drawn(), { animation = glide(), largest = 1.25 } = {}) {
  const visible = [...ids].filter((id) => network.body.nodes[id] && !network.body.nodes[id].options.hidden);
  const { clientWidth: width, clientHeight: height } = byId("network");
  if (!visible.length || !width || !height) return;
  const above = Math.min(byId("chips").offsetHeight, height / 3);
  const fit = (box) =>
    Math.min(
      (width - 32 - CONTROLS) / (box.right - box.left),
      (height - 24 - above) / (box.bottom - box.top),
      largest,
    );
  const rough = fit(boundsOf(visible));
  const box = boundsOf(visible, rough);
  const scale = fit(box);
  const position = { x: (box.left + box.right + CONTROLS / scale) / 2, y: (box.top + box.bottom - above / scale) / 2 };
  network.moveTo({ position, scale: Math.max(scale, 0.02), animation });
}

/** Move to the selection, but only where part of it lies outside the window or is small. */
function bringIntoView() {
  const lit = litParts();
  if (!lit || state.view !== "graph") return;
  const box = boundsOf(lit.nodes);
  const from = network.canvasToDOM({ x: box.left, y: box.top });
  const to = network.canvasToDOM({ x: box.right, y: box.bottom });
  const { clientWidth: width, clientHeight: height } = byId("network");
  const inside = from.x >= 0 && from.y >= 0 && to.x <= width && to.y <= height;
  const large = to.x - from.x > 0.4 * width || to.y - from.y > 0.4 * height;
  if (!inside || !large) showAll(lit.nodes, { largest: 1.5 });
}

const zoom = (factor) => network.moveTo({ scale: network.getScale() * factor, animation: glide() });

function pan(x, y) {
  const at = network.getViewPosition();
  const scale = network.getScale();
  network.moveTo({ position: { x: at.x + x / scale, y: at.y + y / scale } });
}

// --- the pointer

network.on("click", ({ nodes: hitNodes, edges: hitEdges, event }) => {
  const other =
    event.srcEvent?.shiftKey && state.focus !== null && hitNodes.length && hitNodes[0] !== state.focus;
  if (scene.kind === "overview") reach(hitNodes[0] ?? null);
  else if (other) showPath(state.focus, hitNodes[0]);
  else if (hitNodes.length) selectNode(hitNodes[0], { move: false });
  else if (hitEdges.length) selectEdge(hitEdges[0], { move: false });
  else if (whole || scene.kind === "group") selectNothing(); // elsewhere a slip would lose the scene
});

network.on("doubleClick", ({ nodes: hitNodes }) => {
  if (!hitNodes.length) return;
  if (scene.kind === "overview") openGroup(scene.bubbles.get(hitNodes[0]).group.number);
  else showAround(state.around === hitNodes[0] ? null : hitNodes[0]);
});

function showTip({ x, y }, title, text) {
  const tip = byId("tip");
  tip.replaceChildren(el("strong", { dir: "auto" }, title), el("span", { dir: "auto" }, text));
  tip.hidden = false;
  const { clientWidth: width, clientHeight: height } = byId("graph");
  tip.style.left = `${Math.max(8, Math.min(x + 16, width - tip.offsetWidth - 8))}px`;
  tip.style.top = `${Math.max(8, Math.min(y + 16, height - tip.offsetHeight - 8))}px`;
}

network.on("hoverNode", ({ node: id, pointer }) => {
  byId("network").style.cursor = "pointer";
  const bubble = scene.bubbles.get(id);
  if (bubble) return showTip(pointer.DOM, bubble.group.name, `${count(bubble.number, "entity", "entities")} · double-click opens`);
  const node = nodes.get(id);
  return showTip(pointer.DOM, node.name, `${types.get(node.type).label} · ${count(node.degree, "relation")}`);
});
network.on("hoverEdge", ({ edge: id, pointer }) => {
  byId("network").style.cursor = "pointer";
  if (tieWords.has(id)) return showTip(pointer.DOM, ...tieWords.get(id));
  hovered = id;
  return showTip(pointer.DOM, ...tipOf(edges.get(id)));
});

function hideTip() {
  byId("tip").hidden = true;
  byId("network").style.cursor = "";
  hovered = null;
}
for (const event of ["blurNode", "blurEdge", "click", "dragStart", "zoom"]) network.on(event, hideTip);
byId("network").addEventListener("pointerleave", hideTip);

addView({ name: "graph", title: "Graph", key: "g", draw: drawSoon });
