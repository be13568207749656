// Names and relation labels, drawn over the lines the way a map is lettered: a label that would
// lie on another is left out, and comes as soon as one zooms in. The selection always has its labels.

let hovered = null; // id of the relation under the pointer
const paper = { ink: "#000", soft: "#000", ground: "#fff" };
const ALL_NAMES = 60; // up to so many nodes, every name is written even where it is crowded
const FACE = 'system-ui, "Segoe UI", Helvetica, Arial, sans-serif';

function readPaper() {
  const style = getComputedStyle(document.documentElement);
  paper.ink = style.getPropertyValue("--ink").trim();
  paper.soft = style.getPropertyValue("--muted").trim();
  paper.ground = style.getPropertyValue("--canvas").trim();
}

/** Keeps the boxes of what is drawn, in cells, so that a new label meets only its neighbours. */
class Occupied {
  constructor(cell) {
    this.cell = cell;
    this.boxes = new Map();
  }

  *near(box) {
    for (let x = Math.floor(box.left / this.cell); x <= Math.floor(box.right / this.cell); x += 1) {
      for (let y = Math.floor(box.top / this.cell); y <= Math.floor(box.bottom / this.cell); y += 1) {
        yield `${x},${y}`;
      }
    }
  }

  free(box) {
    for (const cell of this.near(box)) {
      for (const other of this.boxes.get(cell) || []) {
        if (box.left < other.right && other.left < box.right && box.top < other.bottom && other.top < box.bottom) return false;
      }
    }
    return true;
  }

  take(box) {
    for (const cell of this.near(box)) {
      if (!this.boxes.has(cell)) this.boxes.set(cell, []);
      this.boxes.get(cell).push(box);
    }
  }
}

function write(pen, text, x, y, colour) {
  pen.strokeText(text, x, y);
  pen.fillStyle = colour;
  pen.fillText(text, x, y);
}

/** A point on a line, `part` of the way along, and which way the line runs there. */
function along(edge, part) {
  const from = network.getPosition(edge.source);
  const to = network.getPosition(edge.target);
  const via = edge.bend ? network.body.edges[edge.id].edgeType.getViaNode() : { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 };
  const rest = 1 - part;
  const at = (axis) => rest * rest * from[axis] + 2 * rest * part * via[axis] + part * part * to[axis];
  const slope = (axis) => rest * (via[axis] - from[axis]) + part * (to[axis] - via[axis]);
  return { x: at("x"), y: at("y"), angle: Math.atan2(slope("y"), slope("x")) };
}

/** How long the line between the edges of its two pictures is. */
function roomOf(edge) {
  const from = network.getPosition(edge.source);
  const to = network.getPosition(edge.target);
  return Math.hypot(to.x - from.x, to.y - from.y) - nodes.get(edge.source).size - nodes.get(edge.target).size - 14;
}

/** The places a name may take around its node: below, above, right, left. */
function* spots({ x, y }, radius, width, height) {
  yield { left: x - width / 2, top: y + radius + 3 };
  yield { left: x - width / 2, top: y - radius - 3 - height };
  yield { left: x + radius + 5, top: y - height / 2 };
  yield { left: x - radius - 5 - width, top: y - height / 2 };
}

function drawNames(pen, ids, lit, occupied, unit) {
  const { clientWidth, clientHeight } = byId("network");
  const [first, last] = [network.DOMtoCanvas({ x: 0, y: 0 }), network.DOMtoCanvas({ x: clientWidth, y: clientHeight })];
  const inWindow = (box) => box.left > first.x && box.top > first.y && box.right < last.x && box.bottom < last.y;
  const size = Math.min(Math.max(13, 10.5 * unit), 13 * Math.max(1, unit * 0.9));
  const leading = size * 1.18;
  pen.textAlign = "center";
  pen.textBaseline = "top";
  for (const id of ids) {
    const node = nodes.get(id);
    pen.font = `${id === state.focus ? 650 : 500} ${size}px ${FACE}`;
    const width = Math.max(...node.lines.map((line) => pen.measureText(line).width));
    const height = node.lines.length * leading;
    const boxes = [...spots(network.getPosition(id), node.size, width, height)].map(({ left, top }) => ({ left, top, right: left + width, bottom: top + height }));
    const box = boxes.find((one) => occupied.free(one) && inWindow(one)) || boxes.find((one) => occupied.free(one)) || (lit || (ids.length <= ALL_NAMES && unit < 1.5) ? boxes[0] : null);
    if (!box) continue;
    occupied.take(box);
    pen.globalAlpha = 0.72;
    pen.fillStyle = paper.ground;
    pen.fillRect(box.left - 2, box.top - 1, width + 4, height);
    pen.globalAlpha = 1;
    pen.lineWidth = size * 0.3;
    node.lines.forEach((line, row) => write(pen, line, (box.left + box.right) / 2, box.top + row * leading, paper.ink));
  }
}

function shorten(pen, text, room) {
  if (pen.measureText(text).width <= room) return text;
  let end = text.length;
  while (end > 4 && pen.measureText(`${text.slice(0, end)}…`).width > room) end -= 1;
  return `${text.slice(0, end).trimEnd()}…`;
}

function drawRelation(pen, edge, lit, occupied, unit) {
  const size = Math.min(Math.max(10.5, 9.5 * unit), 10.5 * Math.max(1, unit * 0.9));
  const wanted = (lit && lit.edges.has(edge.id)) || edge.id === hovered;
  pen.font = `${wanted ? 600 : 500} ${size}px ${FACE}`;
  const room = roomOf(edge);
  const text = shorten(pen, edge.label, Math.max(room, 7 * size));
  const width = pen.measureText(text).width;
  if (width > room && !wanted) return;
  const places = [0.5, 0.42, 0.58, 0.35, 0.65].map((part) => {
    const { x, y, angle } = along(edge, part);
    const [across, down] = [Math.abs(Math.cos(angle)), Math.abs(Math.sin(angle))];
    const half = { x: (width * across + size * down) / 2, y: (width * down + size * across) / 2 };
    return { x, y, angle, box: { left: x - half.x, right: x + half.x, top: y - half.y, bottom: y + half.y } };
  });
  const place = places.find((one) => occupied.free(one.box)) || (wanted ? places[0] : null);
  if (!place) return;
  occupied.take(place.box);
  pen.save();
  pen.translate(place.x, place.y);
  pen.rotate(Math.cos(place.angle) < 0 ? place.angle + Math.PI : place.angle);
  pen.textAlign = "center";
  pen.textBaseline = "middle";
  pen.lineWidth = size * 0.42;
  const shift = edge.status === "negated" ? size * 1.1 : 0;
  write(pen, text, 0, -shift, wanted || edge.status === "negated" ? edgeColour(edge) : paper.soft);
  pen.restore();
}

/** A cross on the middle of a line that is denied. */
function drawCross(pen, edge) {
  const { x, y } = along(edge, 0.5);
  const arm = 5.5;
  pen.setLineDash([]);
  pen.beginPath();
  for (const side of [-1, 1]) {
    pen.moveTo(x - arm, y - arm * side);
    pen.lineTo(x + arm, y + arm * side);
  }
  for (const [colour, width] of [[paper.ground, 6], [ink(NEGATED), 2.6]]) {
    pen.strokeStyle = colour;
    pen.lineWidth = width;
    pen.stroke();
  }
  pen.strokeStyle = paper.ground;
}

function ring(pen, id) {
  const { x, y } = network.getPosition(id);
  pen.beginPath();
  pen.arc(x, y, nodes.get(id).size + 4, 0, 2 * Math.PI);
  pen.lineWidth = 2.5;
  pen.strokeStyle = ink(nodes.get(id).colour);
  pen.stroke();
}

/** Letter a set of nodes and edges; the order decides who gets the room. */
function letter(pen, nodeIds, edgeIds, lit) {
  const unit = 1 / network.getScale();
  const occupied = new Occupied(90);
  for (const id of shown.nodes) {
    const { x, y } = network.getPosition(id);
    const { size } = nodes.get(id);
    occupied.take({ left: x - size, right: x + size, top: y - size, bottom: y + size });
  }
  pen.lineJoin = "round";
  pen.strokeStyle = paper.ground;
  const facts = edgeIds.map((id) => edges.get(id));
  for (const edge of facts) if (edge.status === "negated") drawCross(pen, edge);
  drawNames(pen, nodeIds, lit, occupied, unit);
  pen.strokeStyle = paper.ground;
  for (const edge of facts) drawRelation(pen, edge, lit, occupied, unit);
}

const lettered = () => ({
  nodes: ranked.filter((node) => shown.nodes.has(node.id)).map((node) => node.id),
  // Rare labels first: of ten "attended" around one event, one that is left out is not missed.
  edges: [...edges.values()]
    .filter((edge) => shown.edges.has(edge.id))
    .sort((a, b) => Number(a.status === "actual") - Number(b.status === "actual") || commonness(a) - commonness(b))
    .map((edge) => edge.id),
});

const often = new Map();
for (const edge of edges.values()) often.set(edge.label, (often.get(edge.label) || 0) + 1);
const commonness = (edge) => often.get(edge.label);

network.on("afterDrawing", (pen) => {
  const order = lettered();
  const lit = litParts();
  pen.save();
  letter(pen, order.nodes, order.edges, null);
  if (lit) {
    const from = network.DOMtoCanvas({ x: 0, y: 0 });
    const { clientWidth: width, clientHeight: height } = byId("network");
    const to = network.DOMtoCanvas({ x: width, y: height });
    pen.globalAlpha = theme.dark ? 0.84 : 0.88;
    pen.fillStyle = paper.ground;
    pen.fillRect(from.x, from.y, to.x - from.x, to.y - from.y);
    pen.globalAlpha = 1;
    for (const id of lit.edges) network.body.edges[id].draw(pen);
    for (const id of lit.edges) network.body.edges[id].drawArrows(pen);
    for (const id of lit.nodes) network.body.nodes[id].draw(pen);
    if (state.focus !== null) ring(pen, state.focus);
    letter(pen, order.nodes.filter((id) => lit.nodes.has(id)), order.edges.filter((id) => lit.edges.has(id)), lit);
  }
  pen.restore();
});
