// The data of the page, read once.

const DATA = JSON.parse(byId("data").textContent);
const FACTS = DATA.facts;
const ARTICLES = FACTS.articles;

const types = new Map(FACTS.types.map((type) => [type.name, type]));
const relations = new Map(FACTS.relations.map((relation) => [relation.name, relation]));
const pictures = FACTS.icons.map((drawing) => `data:image/svg+xml,${encodeURIComponent(drawing)}`);

const nodes = new Map();
for (const drawn of DATA.nodes) {
  const entity = drawn.entity;
  nodes.set(drawn.id, {
    ...entity,
    x: drawn.x,
    y: drawn.y,
    size: drawn.size,
    lines: drawn.label.split("\n"),
    colour: drawn.color,
    picture: pictures[drawn.picture],
    edges: [],
    quotes: [],
  });
}

const edges = new Map();
for (const drawn of DATA.edges) {
  const relation = relations.get(drawn.fact.type);
  const edge = { ...drawn.fact, bend: drawn.bend, symmetric: relation.symmetric, relation };
  edge.words = edge.title || relation.label;
  edge.label = (edge.former ? "former " : "") + edge.words;
  edge.date = edge.evidence.map((seen) => seen.date).find((date) => date) || null;
  edge.score = Math.max(...edge.evidence.map((seen) => seen.score)); // as sure as its best words
  edge.basis = edge.evidence.every((seen) => seen.basis === "background") ? "background" : "text";
  edge.documents = new Set(edge.evidence.map((seen) => seen.document)).size;
  edge.sources = new Set(edge.evidence.map((seen) => ARTICLES[seen.document].story)).size;
  edges.set(edge.id, edge);
  nodes.get(edge.source).edges.push(edge);
  if (edge.target !== edge.source) nodes.get(edge.target).edges.push(edge);
}

for (const quote of FACTS.quotes) nodes.get(quote.speaker).quotes.push(quote);

/** Entities, the best connected first. */
const ranked = [...nodes.values()].sort((a, b) => b.degree - a.degree || b.mentions - a.mentions);

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
const sentence = (edge) => {
  const status = edge.status === "actual" ? "" : ` (${edge.status})`;
  return `${nameOf(edge.source)} – ${edge.label} – ${nameOf(edge.target)}${status}`;
};

/** How many of the items there are by key. */
function tally(items, keyOf) {
  const counted = new Map();
  for (const item of items) counted.set(keyOf(item), (counted.get(keyOf(item)) || 0) + 1);
  return counted;
}
