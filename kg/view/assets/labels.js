// Names and relation labels, drawn over the lines the way a map is lettered: a label that would
// lie on another is left out, and comes as soon as one zooms in. The selection always has its labels.

let hovered = null; // id of the relation under the pointer
const paper = { ink: "#000", soft: "#000", ground: "#fff" };
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

/** Where the middle of a line lies and which way it runs. */
function middleOf(edge) {
  const from = network.getPosition(edge.source);
  const to = network.getPosition(edge.target);
  const via = network.body.edges[edge.id].edgeType.getViaNode?.();
  const bent = via && via.x !== undefined && edge.bend;
  const x = bent ? (from.x + 2 * via.x + to.x) / 4 : (from.x + to.x) / 2;
  const y = bent ? (from.y + 2 * via.y + to.y) / 4 : (from.y + to.y) / 2;
  const clear = nodes.get(edge.source).size + nodes.get(edge.target).size + 14;
  return { x, y, angle: Math.atan2(to.y - from.y, to.x - from.x), room: Math.hypot(to.x - from.x, to.y - from.y) - clear };
}

function drawNames(pen, ids, lit, occupied, unit) {
  const size = Math.min(Math.max(13, 10.5 * unit), 13 * Math.max(1, unit * 0.9));
  pen.textAlign = "center";
  pen.textBaseline = "top";
  for (const id of ids) {
    const node = nodes.get(id);
    const at = network.getPosition(id);
    pen.font = `${id === state.focus ? 650 : 500} ${size}px ${FACE}`;
    const width = Math.max(...node.lines.map((line) => pen.measureText(line).width));
    const top = at.y + node.size + 3;
    const box = { left: at.x - width / 2, right: at.x + width / 2, top, bottom: top + node.lines.length * size * 1.18 };
    if (!(lit && lit.nodes.has(id)) && !occupied.free(box)) continue;
    occupied.take(box);
    pen.lineWidth = size * 0.3;
    node.lines.forEach((line, row) => write(pen, line, at.x, top + row * size * 1.18, paper.ink));
  }
}

function drawRelation(pen, edge, lit, occupied, unit) {
  const size = Math.min(Math.max(10.5, 9.5 * unit), 10.5 * Math.max(1, unit * 0.9));
  const wanted = (lit && lit.edges.has(edge.id)) || edge.id === hovered;
  const { x, y, angle, room } = middleOf(edge);
  pen.font = `${wanted ? 600 : 500} ${size}px ${FACE}`;
  const text = edge.label.length > 28 ? `${edge.label.slice(0, 27)}…` : edge.label;
  const width = pen.measureText(text).width;
  if (width > room && !wanted) return;
  const [across, down] = [Math.abs(Math.cos(angle)), Math.abs(Math.sin(angle))];
  const half = { x: (width * across + size * down) / 2, y: (width * down + size * across) / 2 };
  const box = { left: x - half.x, right: x + half.x, top: y - half.y, bottom: y + half.y };
  if (!wanted && !occupied.free(box)) return;
  occupied.take(box);
  pen.save();
  pen.translate(x, y);
  pen.rotate(Math.cos(angle) < 0 ? angle + Math.PI : angle);
  pen.textAlign = "center";
  pen.textBaseline = "middle";
  pen.lineWidth = size * 0.42;
  const shift = edge.status === "negated" ? size * 1.1 : 0;
  write(pen, text, 0, -shift, wanted || edge.status === "negated" ? edgeColour(edge) : paper.soft);
  pen.restore();
}

/** A cross on the middle of a line that is denied. */
function drawCross(pen, edge) {
  const { x, y } = middleOf(edge);
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
