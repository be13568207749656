// The data of the page, read once.

/** The rows of a table that is packed in columns: a list, one value for all, or numbers of values. */
function unpacked({ rows, columns }) {
  const made = Array.from({ length: rows }, () => ({}));
  for (const [key, column] of Object.entries(columns)) {
    const valueAt = Array.isArray(column)
      ? (row) => column[row]
      : "all" in column
        ? () => column.all
        : (row) => column.of[column.at[row]];
    for (let row = 0; row < rows; row += 1) made[row][key] = valueAt(row);
  }
  return made;
}

const DATA = JSON.parse(byId("data").textContent);
const FACTS = DATA.facts;
for (const table of ["articles", "quotes", "evidence", "groups"]) FACTS[table] = unpacked(FACTS[table]);
const ARTICLES = FACTS.articles;
for (const article of ARTICLES) {
  const flat = article.mentions; // start, length, number of the node, kind
  article.mentions = [];
  for (let at = 0; at < flat.length; at += 4)
    article.mentions.push([flat[at], flat[at] + flat[at + 1], `n${flat[at + 2]}`, flat[at + 3]]);
}

const types = new Map(FACTS.types.map((type) => [type.name, type]));
const relations = new Map(FACTS.relations.map((relation) => [relation.name, relation]));
const pictures = FACTS.icons.map((drawing) => `data:image/svg+xml,${encodeURIComponent(drawing)}`);

const nodes = new Map();
for (const node of unpacked(DATA.nodes)) {
  node.lines = node.label.split("\n");
  node.colour = types.get(node.type).colour;
  node.picture = pictures[node.picture];
  node.ring = null; // the colour of a ring around the picture, and whatever an analysis found
  node.edges = [];
  node.quotes = [];
  nodes.set(node.id, node);
}

const edges = new Map();
let firstSeen = 0; // where in all evidence that of an edge starts
for (const edge of unpacked(DATA.edges)) {
  edge.source = edge.from;
  edge.target = edge.to;
  edge.relation = relations.get(edge.type);
  edge.symmetric = edge.relation.symmetric;
  edge.evidence = FACTS.evidence.slice(firstSeen, firstSeen + edge.evidence);
  firstSeen += edge.evidence.length;
  edge.words = edge.title || edge.relation.label;
  edge.label = (edge.former ? "former " : "") + edge.words;
  edge.date = edge.evidence.map((seen) => seen.date).find((date) => date) || null;
  edge.score = Math.max(...edge.evidence.map((seen) => seen.score)); // as sure as its best words
  edge.basis = edge.evidence.every((seen) => seen.basis === "background") ? "background" : "text";
  edge.documents = new Set(edge.evidence.map((seen) => seen.document)).size;
  edge.sources = new Set(edge.evidence.map((seen) => ARTICLES[seen.document].story)).size;
  edges.set(edge.id, edge);
  const [source, target] = [nodes.get(edge.source), nodes.get(edge.target)];
  edge.event = [target, source].find((end) => end.type === "Event")?.id ?? null;
  source.edges.push(edge);
  if (target !== source) target.edges.push(edge);
}

for (const quote of FACTS.quotes) nodes.get(quote.speaker).quotes.push(quote);

/** The facts between the same two nodes, which are drawn side by side or as one line. */
const pairOf = (edge) => [edge.source, edge.target].sort().join(" ");
const statusOrder = new Map(FACTS.statuses.map((status, place) => [status, place]));
const pairs = new Map();
for (const edge of edges.values()) {
  const pair = pairOf(edge);
  if (!pairs.has(pair)) pairs.set(pair, []);
  pairs.get(pair).push(edge);
}
for (const members of pairs.values()) {
  const step = Math.min(0.18, 1.5 / members.length);
  members.sort((a, b) => statusOrder.get(a.status) - statusOrder.get(b.status));
  members.forEach((edge, place) => {
    edge.loop = 20 + Math.min(8 * place, 120); // how large it is where it leads back to its start
    const bend = step * (place - (members.length - 1) / 2);
    // The side a line bends to is counted from its own start.
    edge.bend = edge.source === members[0].source ? bend : -bend;
  });
}

/** Entities, the best connected first. */
const ranked = [...nodes.values()].sort((a, b) => b.degree - a.degree || b.mentions - a.mentions);

// Rare labels are lettered first: of ten "attended" around one event, one left out is not missed.
const often = tally(edges.values(), (edge) => edge.label);
const edgesByRarity = [...edges.values()].sort(
  (a, b) =>
    Number(a.status === "actual") - Number(b.status === "actual") || often.get(a.label) - often.get(b.label),
);

const nodeByKey = new Map([...nodes.values()].map((node) => [node.key, node]));
const nameOf = (id) => nodes.get(id).name;
const wordsOf = (seen) => ARTICLES[seen.document].text.slice(seen.start, seen.end);
const quoted = (quote) => (quote.kind === "direct" ? `“${wordsOf(quote)}”` : wordsOf(quote));
const otherEnd = (edge, id) => (edge.source === id ? edge.target : edge.source);

/** What an edge is called in a link: the same for the same fact, whatever else is in the graph. */
const edgeKey = (edge) =>
  JSON.stringify([
    nodes.get(edge.source).key,
    edge.type,
    nodes.get(edge.target).key,
    edge.status,
    edge.former,
  ]);
const edgeByKey = new Map([...edges.values()].map((edge) => [edgeKey(edge), edge]));

/** How a fact reads in one line. */
const sentence = (edge, as = (words) => words) => {
  const status = edge.status === "actual" ? "" : ` (${edge.status})`;
  return `${as(nameOf(edge.source))} – ${as(edge.label)} – ${as(nameOf(edge.target))}${status}`;
};

/** How many of the items there are by key. */
function tally(items, keyOf) {
  const counted = new Map();
  for (const item of items) counted.set(keyOf(item), (counted.get(keyOf(item)) || 0) + 1);
  return counted;
}
