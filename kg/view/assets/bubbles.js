// The overview of a large graph: a bubble for each group, and between them how many relations.

const STRONGEST = 3; // ties drawn of each group; all together would be a ball of wool
const reached = { id: null }; // the bubble the keyboard has come to
const tieWords = new Map(); // what the tip says of a tie

const bubbleSize = (number) => 11 + 1.6 * Math.sqrt(number);

/** For each innermost group the part of the overview that it belongs to. */
function partOfGroup() {
  const part = groups.map((group) => group.number);
  for (const group of groups)
    if (group.parent !== scene.of && group.parent !== null) part[group.number] = part[group.parent];
  return part;
}

/** The innermost groups of the two ends. */
const groupsOf = remembering((edge) => [nodes.get(edge.source).group, nodes.get(edge.target).group]);

/** How many relations that are shown lie between the parts. */
function tiesBetween(part) {
  const ties = new Map(); // by both numbers in one, for 40,000 texts take a while
  for (const id of shown.edges) {
    const [from, to] = groupsOf(edges.get(id));
    const [one, other] = [part[from], part[to]];
    if (one === other) continue;
    const key = one < other ? one * groups.length + other : other * groups.length + one;
    ties.set(key, (ties.get(key) || 0) + 1);
  }
  const all = [...ties].map(([key, number]) => ({ ends: [Math.floor(key / groups.length), key % groups.length], number }));
  return all.sort((a, b) => b.number - a.number);
}

/** The strongest ties of each part. */
function strongest(ties) {
  const drawnOf = new Map();
  return ties.filter(({ ends }) => {
    const few = ends.some((end) => (drawnOf.get(end) || 0) < STRONGEST);
    if (few) for (const end of ends) drawnOf.set(end, (drawnOf.get(end) || 0) + 1);
    return few;
  });
}

function bubbleNode({ id, number, colour }, { x, y }) {
  const fill = lighten(colour, theme.dark ? 0.1 : 0.55);
  return { id, x, y, shape: "dot", size: bubbleSize(number), borderWidth: 2.5, color: { background: fill, border: colour } };
}

function drawOverview() {
  const part = partOfGroup();
  const numbers = new Map();
  for (const id of shown.nodes) {
    const own = part[nodes.get(id).group];
    numbers.set(own, (numbers.get(own) || 0) + 1);
  }
  const parts = groups.filter((group) => group.parent === scene.of && numbers.has(group.number));
  scene.bubbles = new Map(
    parts.map((group) => {
      const id = `g${group.number}`;
      return [id, { id, group, size: bubbleSize(numbers.get(group.number)), number: numbers.get(group.number), colour: ringColour(group.number), lines: wrapped(group.name) }];
    }),
  );
  const ties = strongest(tiesBetween(part));
  const most = ties[0]?.number || 1;
  const at = overviewPlaces(ties);
  tieWords.clear();
  network.setData({
    nodes: [...scene.bubbles.values()].map((bubble) => bubbleNode(bubble, at.get(bubble.id))),
    edges: ties.map(({ ends, number }) => {
      const id = `t${ends.join("-")}`;
      tieWords.set(id, [ends.map((end) => groups[end].name).join(" – "), `${count(number, "relation")} between them`, number]);
      const colour = { color: paper.soft, hover: paper.ink, highlight: paper.soft, opacity: 0.35 };
      return { id, from: `g${ends[0]}`, to: `g${ends[1]}`, width: 1 + 5 * (number / most), color: colour, arrows: { to: { enabled: false } }, smooth: { enabled: false } };
    }),
  });
  if (!scene.bubbles.has(reached.id)) reached.id = null;
  scene.seen = { nodes: [], edges: [] };
}

/** Where the bubbles stand: as long as the overview is the same, at the same places. */
function overviewPlaces(ties) {
  const ids = [...scene.bubbles.keys()];
  const known = keptPlaces.get(scene.key);
  if (known && ids.every((id) => known.has(id))) return known;
  const number = new Map(ids.map((id, place) => [id, place]));
  const boxes = [...scene.bubbles.values()].map((bubble) => {
    const size = bubbleSize(bubble.number);
    return { width: Math.max(2 * size, 7.6 * Math.max(...bubble.lines.map((line) => line.length))) + 26, height: 2 * size + 17 * (bubble.lines.length + 1) + 22 };
  });
  const lines = ties.map(({ ends }) => ends.map((end) => number.get(`g${end}`)));
  const at = placed(boxes, lines, aspect());
  const found = new Map(ids.map((id, place) => [id, at[place]]));
  keptPlaces.set(scene.key, found);
  return found;
}

/** Break a name at its commas. */
function wrapped(name) {
  const rows = [];
  for (const piece of name.split(", ")) {
    if (rows.length && rows.at(-1).length + piece.length < 20) rows[rows.length - 1] += `, ${piece}`;
    else rows.push(piece);
  }
  return rows.map((row, place) => (place < rows.length - 1 ? `${row},` : row));
}

/** Write the names and numbers of the groups, and the numbers on their ties. */
function letterBubbles(pen) {
  const size = letters(13, 10.5);
  pen.textAlign = "center";
  pen.textBaseline = "middle";
  pen.lineJoin = "round";
  pen.strokeStyle = paper.ground;
  const occupied = new Occupied(90);
  for (const { id, size: radius } of scene.bubbles.values()) {
    const { x, y } = network.getPosition(id);
    occupied.take({ left: x - radius, right: x + radius, top: y - radius, bottom: y + radius });
  }
  for (const bubble of scene.bubbles.values()) {
    const { x, y } = network.getPosition(bubble.id);
    const radius = bubbleSize(bubble.number);
    pen.lineWidth = 0;
    pen.font = `650 ${Math.min(size, radius * 0.8)}px ${FACE}`;
    pen.fillStyle = theme.dark ? "#fff" : "#14181f";
    pen.fillText(String(bubble.number), x, y);
    pen.font = `${bubble.id === reached.id ? 700 : 550} ${size}px ${FACE}`;
    const { lines, top } = freeName(pen, bubble, { x, y }, size, occupied);
    pen.lineWidth = size * 0.3;
    lines.forEach((line, row) => write(pen, line, x, top + size * (0.6 + 1.2 * row), paper.ink));
    if (bubble.id === reached.id) ringAt(pen, x, y, radius + 6, paper.ink);
  }
  pen.font = `500 ${size * 0.8}px ${FACE}`;
  for (const [id, [, , number]] of tieWords) {
    const [from, to] = id.slice(1).split("-").map((end) => network.getPosition(`g${end}`));
    const [x, y] = [(from.x + to.x) / 2, (from.y + to.y) / 2];
    const box = { left: x - size, right: x + size, top: y - size / 2, bottom: y + size / 2 };
    if (!occupied.free(box)) continue;
    occupied.take(box);
    pen.lineWidth = size * 0.3;
    write(pen, String(number), x, y, paper.soft);
  }
}

/** Come to a bubble, or to none. */
function reach(id) {
  reached.id = id;
  if (id !== null) {
    const { group, number } = scene.bubbles.get(id);
    byId("said").textContent = `${group.name}, ${count(number, "entity", "entities")}. Enter opens it.`;
  }
  drawSoon();
}

/** Where the name of a bubble goes: under it or above it, in full if there is room. */
function freeName(pen, bubble, { x, y }, size, occupied) {
  const [first] = bubble.lines;
  for (const lines of [bubble.lines, [first], [shorten(pen, first, 7 * size)]]) {
    const half = Math.max(...lines.map((line) => pen.measureText(line).width)) / 2;
    const height = size * 1.2 * lines.length;
    for (const top of [y + bubble.size + 3, y - bubble.size - 3 - height]) {
      const box = { left: x - half, right: x + half, top, bottom: top + height };
      if (!occupied.free(box)) continue;
      occupied.take(box);
      return { lines, top };
    }
  }
  return { lines: [shorten(pen, first, 7 * size)], top: y + bubble.size + 3 };
}

/** Walk through the groups, the largest first. */
function walkBubbles(direction) {
  const ids = [...scene.bubbles.values()].sort((a, b) => b.number - a.number).map(({ id }) => id);
  const at = ids.indexOf(reached.id);
  reach(ids.at(at < 0 && direction < 0 ? -1 : (at + direction) % ids.length));
}

function openReached() {
  if (reached.id === null) walkBubbles(1);
  else openGroup(scene.bubbles.get(reached.id).group.number);
}
