// What an analysis found, drawn over the graph: rings around groups, sizes, lit relations, and the
// part of the legend that tells what they are.

const marks = FACTS.marks || null;
const BADGES = 400; // from so many entities on, rings have no numbers
const MOST_TOLD = 6; // so many of the largest values are told in the legend
const SMALL_SIZE = 11;
const LARGE_SIZE = 38;

let overdrawn = marks !== null; // whether rings and sizes are drawn
const ringGroups = marks?.groups.length ? marks.groups : communities;
const groupOf = new Map();
for (const [place, { members }] of ringGroups.entries())
  for (const id of members) groupOf.set(id, place);
const groupColour = ({ colour }) => (colour === null ? paper.soft : ink(colour));

// --- sizes

const plainSizes = new Map([...nodes.values()].map((node) => [node.id, node.size]));

/** Give the pictures the size of their value, by area, or their own size back. */
function drawSizes() {
  if (!marks || !marks.values.length) return;
  const shares = new Map(marks.values.map(([id, share]) => [id, share]));
  for (const node of nodes.values()) {
    const share = Math.sqrt(shares.get(node.id) || 0);
    node.size = overdrawn ? SMALL_SIZE + (LARGE_SIZE - SMALL_SIZE) * share : plainSizes.get(node.id);
    const drawn = network.body.nodes[node.id];
    if (drawn) drawn.setOptions({ size: sizeOf(node) });
  }
}
drawSizes();

// --- rings

function drawBadge(pen, { x, y }, text, colour) {
  pen.beginPath();
  pen.arc(x, y, 8, 0, 2 * Math.PI);
  pen.fillStyle = colour;
  pen.fill();
  pen.font = `650 10px ${FACE}`;
  pen.textAlign = "center";
  pen.textBaseline = "middle";
  pen.fillStyle = paper.ground;
  pen.fillText(text, x, y + 0.5);
}

/** Draw the rings of these entities; a number at each says the group without colour too. */
function drawRings(pen, ids) {
  if (!groupOf.size || !(communities.length ? state.circled : overdrawn)) return;
  const scale = network.getScale() / magnified;
  pen.save();
  for (const id of ids) {
    if (!groupOf.has(id) || !network.body.nodes[id]) continue;
    const group = ringGroups[groupOf.get(id)];
    const { x, y } = network.getPosition(id);
    const radius = sizeOf(nodes.get(id)) + 5;
    pen.beginPath();
    pen.arc(x, y, radius, 0, 2 * Math.PI);
    pen.setLineDash(group.dash);
    pen.lineWidth = Math.max(3.5, 2.4 / scale);
    pen.strokeStyle = groupColour(group);
    pen.stroke();
    pen.setLineDash([]);
    const corner = { x: x - radius * 0.71, y: y - radius * 0.71 };
    if (scale > 0.7 && nodes.size < BADGES) drawBadge(pen, corner, String(groupOf.get(id) + 1), groupColour(group));
  }
  pen.restore();
}

network.on("afterDrawing", (pen) => drawRings(pen, shown.nodes));

// --- what is lit: a path, the ties of a kind, or a group

const litKey = (kind, place) => `${kind}${place + 1}`;

/** The relations that a mark lights up, as the page has them. */
function edgesOfMark(kind, place) {
  if (kind === "group") {
    const members = new Set(marks.groups[place].members);
    return [...edges.values()].filter((edge) => members.has(edge.source) && members.has(edge.target) && edge.basis === "text");
  }
  const fits = (edge, [one, type, other, status]) =>
    edge.type === type &&
    edge.status === status &&
    ((edge.source === one && edge.target === other) || (edge.symmetric && edge.source === other && edge.target === one));
  const found = marks.paths[place].steps.map((step) => nodes.get(step[0]).edges.find((edge) => fits(edge, step)));
  return [...new Set(found.filter(Boolean))];
}

/** Light up what a mark is about; the same once more puts it out. */
function lightUp(kind, place, { show = true, move = true } = {}) {
  const mark = litKey(kind, place);
  if (state.path?.mark === mark) {
    selectNothing();
    return;
  }
  const lit = edgesOfMark(kind, place);
  const members = kind === "group" ? marks.groups[place].members : [];
  const ids = [...new Set([...members, ...lit.flatMap((edge) => [edge.source, edge.target])])];
  if (!ids.length) return;
  if (lit.length && show) reveal([], lit.map((edge) => edge.id));
  const words = (kind === "group" ? marks.groups : marks.paths)[place].label;
  const path = { from: ids[0], to: ids.at(-1), edges: lit.map((edge) => edge.id), also: members, mark, words };
  const article = lit.length ? surest(lit[0]).document : state.article;
  change("select", { path, focus: null, edge: null, passage: null, article });
  if (move) bringIntoView();
}

addLinkPart({
  name: "marks",
  selects: true,
  write: () => state.path?.mark ?? null,
  read: (text, complain) => {
    if (text === undefined) return;
    const [, kind, number] = /^(lit|group)([1-9]\d{0,3})$/.exec(text) || [];
    const all = (kind === "lit" ? marks?.paths : marks?.groups) || [];
    if (number && number <= all.length) lightUp(kind, number - 1, { show: !linkNarrows(), move: false });
    else complain(`the link asks for a mark '${harmless(text)}' that is not here`);
  },
});

/** The words of texts for a relation, or those of background knowledge where no text says it. */
const heardIn = (edge) => (edge.basis === "text" ? edge.evidence.filter(({ basis }) => basis === "text") : edge.evidence);
const surest = (edge) => heardIn(edge).reduce((best, one) => (one.score > best.score ? one : best));

/** The surest words for a relation, and which document has them. */
function surestWords(edge) {
  const seen = surest(edge);
  return el("p", { class: "snippet" }, `“${wordsOf(seen)}” `, el("small", {}, articleParts(ARTICLES[seen.document])));
}

/** What the side says of a mark: its relations in order, each with its words. */
function markDetail({ words, edges: lit }) {
  const rows = lit.map((id) => factRow(edges.get(id), dayOfFact(edges.get(id))));
  for (const [place, row] of rows.entries()) row.append(surestWords(edges.get(lit[place])));
  return [
    el("h2", { class: "mark-title", dir: "auto" }, words),
    el("p", { class: "facts" }, count(lit.length, "relation")),
    el("ul", { class: "rows steps-told" }, rows),
  ];
}

// --- the legend

const ringSign = (group) => {
  const place = ringGroups.indexOf(group);
  const colour = groupColour(group);
  const circle = { cx: 10, cy: 10, r: 7.5, fill: "none", stroke: colour, "stroke-width": 3, "stroke-dasharray": group.dash.join(" ") };
  const number = { x: 10, y: 13.4, "text-anchor": "middle", "font-size": 9.5, "font-weight": 650, fill: "currentColor" };
  return svg("svg", { viewBox: "0 0 20 20", class: "ring", "aria-hidden": "true" }, svg("circle", circle), svg("text", number, String(place + 1)));
};

/** An entry for what was found: a ring or another sign, its name, and how many it holds. */
function foundEntry({ key, label, number, sign, told, pressed = null }, act) {
  return button(
    { class: "entry found", "data-entry": key, title: `${label}. ${told}`, "aria-pressed": pressed === null ? null : String(pressed) },
    act,
    sign || el("span", { class: "sign lamp", "aria-hidden": "true" }),
    el("span", { class: "name", dir: "auto" }, label),
    el("span", { class: "number" }, String(number)),
  );
}

function markEntry({ kind, place, label, number, sign }) {
  const told = "Click: light up, and once more: all again.";
  return foundEntry({ key: `mark:${litKey(kind, place)}`, label, number, sign, told }, () => lightUp(kind, place));
}

function markEntries() {
  if (!marks) return [];
  const flip = () => {
    overdrawn = !overdrawn;
    drawSizes();
    drawLegend();
    drawSoon();
  };
  const drawnOver = marks.groups.length > 0 || marks.values.length > 0;
  const largest = marks.values.slice(0, MOST_TOLD).map(([id, share, value]) =>
    button(
      { class: "entry found", "data-entry": `mark:${id}`, title: nameOf(id) },
      () => selectNode(id),
      el("span", { class: "bar" }, el("span", { style: { width: `${Math.round(100 * share)}%` } })),
      el("span", { class: "name", dir: "auto" }, nameOf(id)),
      el("span", { class: "number" }, String(value)),
    ),
  );
  const groups = marks.groups.map((group, place) =>
    markEntry({ kind: "group", place, label: group.label.replace(/^\d+: /, ""), number: group.members.length, sign: ringSign(group) }),
  );
  const paths = marks.paths.map(({ label, steps }, place) =>
    markEntry({ kind: "lit", place, label, number: steps.length }),
  );
  const onOff = { class: "all", "data-entry": "mark:show", "aria-pressed": String(overdrawn) };
  return [
    el("h2", {}, "Analysis", drawnOver ? button(onOff, flip, overdrawn ? "hide rings and sizes" : "draw them") : null),
    el("p", { class: "caption", dir: "auto" }, marks.caption),
    ...groups,
    ...largest,
    ...paths,
  ];
}
