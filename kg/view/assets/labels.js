// Names and relation labels, drawn over the lines the way a map is lettered: a label that would
// lie on another is left out, and comes as soon as one zooms in. The selection always has its labels.

let hovered = null; // id of the relation under the pointer
const paper = { ink: "#000", soft: "#000", ground: "#fff" };
const ALL_NAMES = 60; // up to so many nodes, every name is written even where it is crowded
const CROWD = 24; // of more entities that are lit, names that would hide another wait for a closer look
const LANDMARKS = 40; // so many names are written while a large drawing is dragged
const BEST = 12; // so many of the best connected always have their names
const NARROW = 600; // pixels of a window that has room for fewer of them
const MANY = 400; // from so many nodes on, what lies under the veil is not lettered
const FACE = 'system-ui, "Segoe UI", Helvetica, Arial, sans-serif';

function readPaper() {
  const style = getComputedStyle(document.documentElement);
  paper.ink = style.getPropertyValue("--ink").trim();
  paper.soft = style.getPropertyValue("--muted").trim();
  paper.ground = style.getPropertyValue("--canvas").trim();
}

/** The area that two boxes have in common. */
const sharedBy = (one, other) =>
  Math.max(0, Math.min(one.right, other.right) - Math.max(one.left, other.left)) *
  Math.max(0, Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top));

/** Keeps the boxes of what is drawn, in cells, so that a new label meets only its neighbours. */
class Occupied {
  constructor(cell) {
    this.cell = cell;
    this.boxes = new Map();
    this.seen = seenBox();
  }

  /** Whether a point lies in the window; what lies outside needs no label. */
  shows({ x, y }) {
    const { left, right, top, bottom } = this.seen;
    return x > left && x < right && y > top && y < bottom;
  }

  *near(box) {
    for (let x = Math.floor(box.left / this.cell); x <= Math.floor(box.right / this.cell); x += 1) {
      for (let y = Math.floor(box.top / this.cell); y <= Math.floor(box.bottom / this.cell); y += 1) {
        yield `${x},${y}`;
      }
    }
  }

  free(box) {
    for (const cell of this.near(box))
      for (const other of this.boxes.get(cell) || []) if (sharedBy(box, other) > 0) return false;
    return true;
  }

  /** How much of a box is taken: what is written counts for more than a picture. */
  covered(box) {
    const others = new Set([...this.near(box)].flatMap((cell) => this.boxes.get(cell) || []));
    let sum = 0;
    for (const other of others) sum += sharedBy(box, other) * (other.written ? 20 : 1);
    return sum;
  }

  take(box) {
    for (const cell of this.near(box)) {
      if (!this.boxes.has(cell)) this.boxes.set(cell, []);
      this.boxes.get(cell).push(box);
    }
  }
}

/** The size of letters in the drawing's units: they grow slower than the drawing and stay readable. */
function letters(usual, least) {
  const scale = network.getScale() / magnified;
  return (
    (scale > 1 ? usual * Math.sqrt(scale) : Math.max(usual * scale, Math.min(least, usual * 0.9))) / scale
  );
}

function write(pen, text, x, y, colour) {
  pen.strokeText(text, x, y);
  pen.fillStyle = colour;
  pen.fillText(text, x, y);
}

const isLoop = (edge) => edge.source === edge.target;

/** A point on a line that leads back to its start, from its top on; words stand upright there. */
function around(edge, part) {
  const [x, y, radius] = network.body.edges[edge.id].edgeType._getCircleData(network.canvas.getContext());
  const turn = 2 * Math.PI * part + Math.PI / 2;
  return { x: x + radius * Math.cos(turn), y: y + radius * Math.sin(turn), angle: 0 };
}

/** A point on a line, `part` of the way along, and which way the line runs there. */
function along(edge, part) {
  if (isLoop(edge)) return around(edge, part);
  const from = network.getPosition(edge.source);
  const to = network.getPosition(edge.target);
  const via = edge.bend
    ? network.body.edges[edge.id].edgeType.getViaNode()
    : { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 };
  const rest = 1 - part;
  const at = (axis) => rest * rest * from[axis] + 2 * rest * part * via[axis] + part * part * to[axis];
  const slope = (axis) => rest * (via[axis] - from[axis]) + part * (to[axis] - via[axis]);
  return { x: at("x"), y: at("y"), angle: Math.atan2(slope("y"), slope("x")) };
}

/** How long the line between the edges of its two pictures is. */
function roomOf(edge) {
  if (isLoop(edge)) return 6 * edge.loop;
  const from = network.getPosition(edge.source);
  const to = network.getPosition(edge.target);
  return (
    Math.hypot(to.x - from.x, to.y - from.y) - sizeOf(nodes.get(edge.source)) - sizeOf(nodes.get(edge.target)) - 14
  );
}

/** The places a name may take around its node: below, above, right, left. */
function* spots({ x, y }, radius, width, height) {
  yield { left: x - width / 2, top: y + radius + 3 };
  yield { left: x - width / 2, top: y - radius - 3 - height };
  yield { left: x + radius + 5, top: y - height / 2 };
  yield { left: x - radius - 5 - width, top: y - height / 2 };
}

/** The sides of a node, numbered like its spots, on which lines come in; a name would hide arrows. */
function busySides(node, lit) {
  const at = network.getPosition(node.id);
  const busy = new Set();
  for (const edge of node.edges) {
    if (!(lit ? lit.edges : shown.edges).has(edge.id) || isLoop(edge)) continue;
    const to = network.getPosition(otherEnd(edge, node.id));
    const [x, y] = [to.x - at.x, to.y - at.y];
    if (Math.abs(y) * 1.6 > Math.abs(x)) busy.add(y > 0 ? 0 : 1);
    else busy.add(x > 0 ? 2 : 3);
  }
  return busy;
}

/** Of boxes that are all taken the one that hides least; of equal ones the first. */
function leastCovered(boxes, occupied) {
  const covered = boxes.map((box) => occupied.covered(box));
  return boxes[covered.indexOf(Math.min(...covered))];
}

function drawNames(pen, ids, lit, occupied) {
  const inWindow = (box) =>
    occupied.shows({ x: box.left, y: box.top }) && occupied.shows({ x: box.right, y: box.bottom });
  const size = letters(13, 10.5);
  const leading = size * 1.18;
  const best = network.canvas.frame.clientWidth < NARROW ? BEST - 4 : BEST;
  pen.textAlign = "center";
  pen.textBaseline = "top";
  for (const [place, id] of ids.entries()) {
    const at = network.getPosition(id);
    if (!occupied.shows(at)) continue;
    const node = nodes.get(id);
    pen.font = `${id === state.focus ? 650 : 500} ${size}px ${FACE}`;
    const width = Math.max(...node.lines.map((line) => pen.measureText(line).width));
    const height = node.lines.length * leading;
    const radius = sizeOf(node) + (id === state.focus ? 4 : 0);
    const boxes = [...spots(at, radius, width, height)].map(({ left, top }, side) => ({
      side,
      left,
      top,
      right: left + width,
      bottom: top + height,
    }));
    const roomy = lit ? ids.length <= CROWD : ids.length <= ALL_NAMES && network.getScale() / magnified > 0.66;
    const forced = roomy || place < best;
    const busy = scene.ids.size < MANY ? busySides(node, lit) : new Set();
    boxes.sort((a, b) => Number(busy.has(a.side)) - Number(busy.has(b.side)));
    const free = boxes.filter((one) => occupied.free(one));
    const box = free.find(inWindow) || (forced ? free[0] || leastCovered(boxes, occupied) : null);
    if (!box) continue;
    // A little air at both sides, or two names in a row read as one.
    occupied.take({ ...box, left: box.left - size * 0.4, right: box.right + size * 0.4, written: true });
    pen.globalAlpha = 0.72;
    pen.fillStyle = paper.ground;
    pen.fillRect(box.left - 2, box.top - 1, width + 4, height);
    pen.globalAlpha = 1;
    pen.lineWidth = size * 0.3;
    node.lines.forEach((line, row) =>
      write(pen, line, (box.left + box.right) / 2, box.top + row * leading, paper.ink),
    );
  }
}

function shorten(pen, text, room) {
  if (pen.measureText(text).width <= room) return text;
  let end = text.length;
  while (end > 4 && pen.measureText(`${text.slice(0, end)}…`).width > room) end -= 1;
  return `${text.slice(0, end).trimEnd()}…`;
}

/** A slanted label covers a row of small boxes, far less than the one upright box around it. */
function alongside(at, width, size) {
  const half = size * 0.62;
  const pieces = Math.max(1, Math.ceil((width - size) / size));
  const boxes = [];
  for (let piece = 0; piece <= pieces; piece += 1) {
    const far = (piece / pieces - 0.5) * (width - size);
    const [x, y] = [at.x + far * Math.cos(at.angle), at.y + far * Math.sin(at.angle)];
    boxes.push({ left: x - half, right: x + half, top: y - half, bottom: y + half });
  }
  return { ...at, boxes };
}

function freePlace(pen, edge, text, size, occupied) {
  const width = pen.measureText(text).width;
  for (const part of [0.5, 0.42, 0.58, 0.35, 0.65, 0.28, 0.72]) {
    const at = along(edge, part);
    if (!occupied.shows(at)) continue;
    const place = alongside(at, width, size);
    if (place.boxes.every((box) => occupied.free(box))) return place;
  }
  return null;
}

function drawRelation(pen, edge, lit, occupied) {
  const size = letters(10.5, 9.5);
  const wanted = (lit && lit.edges.has(edge.id)) || edge.id === hovered;
  pen.font = `${wanted ? 600 : 500} ${size}px ${FACE}`;
  const room = roomOf(edge);
  if (room < 3 * size && !wanted) return;
  let text = shorten(pen, wordsOn(edge), Math.max(room * 0.92, 7 * size));
  if (pen.measureText(text).width > room && !wanted) return;
  let place = freePlace(pen, edge, text, size, occupied);
  if (!place && wanted) {
    text = shorten(pen, wordsOn(edge), Math.max(room * 0.55, 7 * size));
    place = freePlace(pen, edge, text, size, occupied);
  }
  if (!place && (edge.id === state.edge || edge.id === hovered))
    place = alongside(along(edge, 0.5), pen.measureText(text).width, size);
  if (!place) return;
  for (const box of place.boxes) occupied.take(box);
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
  for (const [colour, width] of [
    [paper.ground, 6],
    [ink(NEGATED), 2.6],
  ]) {
    pen.strokeStyle = colour;
    pen.lineWidth = width;
    pen.stroke();
  }
  pen.strokeStyle = paper.ground;
}

function ringAt(pen, x, y, radius, colour) {
  pen.setLineDash([]);
  pen.beginPath();
  pen.arc(x, y, radius, 0, 2 * Math.PI);
  pen.lineWidth = 2.5;
  pen.strokeStyle = colour;
  pen.stroke();
  pen.strokeStyle = paper.ground;
}

function ring(pen, id) {
  const { x, y } = network.getPosition(id);
  ringAt(pen, x, y, sizeOf(nodes.get(id)) + 4, ink(nodes.get(id).colour));
}

/** Keep labels off the pictures; two boxes across each other come near to a circle. */
function takePictures(occupied, ids) {
  for (const id of ids) {
    const { x, y } = network.getPosition(id);
    const size = sizeOf(nodes.get(id));
    for (const [wide, high] of [
      [size, size * 0.6],
      [size * 0.6, size],
    ])
      occupied.take({ left: x - wide, right: x + wide, top: y - high, bottom: y + high });
  }
}

/** Letter these nodes and edges; their order decides who gets the room. */
function letter(pen, nodeIds, edgeIds, lit) {
  const occupied = new Occupied(90);
  takePictures(occupied, lit ? nodeIds : scene.seen.nodes);
  pen.lineJoin = "round";
  pen.strokeStyle = paper.ground;
  const facts = edgeIds.map((id) => edges.get(id));
  if (network.getScale() / magnified > 0.25)
    for (const edge of facts) if (edge.status === "negated") drawCross(pen, edge);
  const writeNames = () => drawNames(pen, nodeIds, lit, occupied);
  const writeRelations = () => facts.forEach((edge) => drawRelation(pen, edge, lit, occupied));
  // Of a relation or a path that is selected, its own words come first.
  const order = lit && state.focus === null ? [writeRelations, writeNames] : [writeNames, writeRelations];
  for (const act of order) act();
}

/** Veil the drawing and draw what is lit once more above the veil. */
function drawLit(pen, lit) {
  const { left, top, right, bottom } = seenBox();
  pen.globalAlpha = theme.dark ? 0.8 : 0.82;
  pen.fillStyle = paper.ground;
  pen.fillRect(left, top, right - left, bottom - top);
  pen.globalAlpha = 1;
  for (const id of lit.edges) network.body.edges[id].draw(pen);
  for (const id of lit.edges) network.body.edges[id].drawArrows(pen);
  for (const id of lit.nodes) network.body.nodes[id].draw(pen);
  drawRings(pen, lit.nodes);
  if (state.focus !== null) ring(pen, state.focus);
}

network.on("afterDrawing", (pen) => {
  pen.save();
  letterScene(pen);
  pen.restore();
});

function letterScene(pen) {
  if (scene.kind === "overview") return letterBubbles(pen);
  const { nodes: nodeIds, edges: edgeIds } = scene.seen;
  if (moved && edgeIds.length > DRAGGED) return letter(pen, nodeIds.slice(0, LANDMARKS), [], null);
  const lit = litParts();
  if (!lit) return letter(pen, nodeIds, edgeIds, null);
  const split = (ids, set) => [ids.filter((id) => set.has(id)), ids.filter((id) => !set.has(id))];
  const [litNodes, otherNodes] = split(nodeIds, lit.nodes);
  const [litEdges, otherEdges] = split(edgeIds, lit.edges);
  if (scene.ids.size < MANY) letter(pen, otherNodes, otherEdges, null);
  drawLit(pen, { nodes: litNodes, edges: litEdges });
  litNodes.sort((a, b) => Number(b === state.focus) - Number(a === state.focus)); // its name comes first
  return letter(pen, litNodes, litEdges, lit);
}
