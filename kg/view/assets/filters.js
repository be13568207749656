// What the filters leave of the graph, and how many each of them would bring back.

/** How many stand behind each entry of the legend, given all the other filters. */
const left = { type: new Map(), relation: new Map(), status: new Map(), basis: new Map(), lone: 0 };

/** Those that nothing hides, but that have no relation, for which alone they may not be drawn. */
const loners = new Set();

const timed = () => state.time.from !== null || state.time.to !== null || !state.time.undated;

const wantedWords = () => fold(state.words).split(/\s+/).filter(Boolean);

const foldings = new Map();

/** What is searched in a relation or statement, made once. */
function folded(item, text) {
  if (!foldings.has(item)) foldings.set(item, fold(text()));
  return foldings.get(item);
}

/** All that a table says of a relation. */
const textOf = (edge) =>
  [
    sentence(edge),
    edge.relation.label,
    ...edge.evidence.flatMap((seen) => [seen.date, seen.place === null ? "" : nameOf(seen.place), wordsOf(seen)]),
  ].join(" ");

/** The tests that a relation must pass, by the part of the legend that they belong to. */
function tests() {
  const { type, relation, status, basis } = state.off;
  const made = [];
  const typeOf = (id) => nodes.get(id).type;
  if (type.size) made.push(["type", (edge) => !type.has(typeOf(edge.source)) && !type.has(typeOf(edge.target))]);
  if (relation.size) made.push(["relation", (edge) => !relation.has(edge.type)]);
  if (status.size) made.push(["status", (edge) => !status.has(edge.status)]);
  if (basis.size) made.push(["basis", (edge) => !basis.has(edge.basis)]);
  if (timed()) made.push(["time", inTime]);
  if (state.least > 0) made.push(["score", (edge) => edge.score >= state.least]);
  const wanted = wantedWords();
  if (wanted.length)
    made.push(["words", (edge) => wanted.every((word) => folded(edge, () => textOf(edge)).includes(word))]);
  if (state.document !== null)
    made.push(["document", (edge) => edge.evidence.some((seen) => seen.document === state.document)]);
  if (state.around !== null) {
    const near = neighbours(state.around, state.hops);
    made.push(["around", (edge) => near.has(edge.source) && near.has(edge.target)]);
  }
  if (state.community !== null)
    made.push(["community", (edge) => inCommunity(edge.source) && inCommunity(edge.target)]);
  return made;
}

/** Whether it belongs to the group that alone is shown, if one is. */
const inCommunity = (id) => state.community === null || belongs(nodes.get(id), state.community);

/** Work out what is shown; a relation that one filter alone hides still counts for that filter. */
function recompute() {
  const { type, lone } = state.off;
  const all = tests();
  const add = (map, key) => map.set(key, (map.get(key) || 0) + 1);
  shown.edges.clear();
  shown.anyTime.clear();
  shown.nodes.clear();
  for (const map of Object.values(left)) map.clear?.();
  const withEdge = new Set();
  const withEdgeOfAnyType = new Set();
  /** The one filter that hides it, null where none does, undefined where several do. */
  const hiding = (edge) => {
    let found = null;
    for (const [kind, passes] of all) {
      if (passes(edge)) continue;
      if (found !== null) return undefined;
      found = kind;
    }
    return found;
  };
  for (const edge of edges.values()) {
    const only = hiding(edge);
    if (only === undefined) continue;
    if (only === null || only === "relation") add(left.relation, edge.type);
    if (only === null || only === "status") add(left.status, edge.status);
    if (only === null || only === "basis") add(left.basis, edge.basis);
    if (only === null || only === "type") withEdgeOfAnyType.add(edge.source).add(edge.target);
    if (only === null || only === "time") shown.anyTime.add(edge.id);
    if (only !== null) continue;
    shown.edges.add(edge.id);
    withEdge.add(edge.source).add(edge.target);
  }
  const narrowed = all.some(([kind]) => !["type", "basis", "around", "community"].includes(kind));
  const near = state.around === null ? null : neighbours(state.around, state.hops);
  loners.clear();
  for (const node of nodes.values()) {
    if ((near && !near.has(node.id)) || !inCommunity(node.id)) continue;
    const alone = node.edges.length === 0;
    if (alone && !narrowed && !type.has(node.type)) loners.add(node.id);
    if (alone && (lone.size > 0 || narrowed)) continue;
    if (!narrowed || withEdgeOfAnyType.has(node.id)) add(left.type, node.type);
    if (!type.has(node.type) && (!narrowed || withEdge.has(node.id))) shown.nodes.add(node.id);
  }
  left.lone = loners.size;
  shown.quotes = quotesLeft();
  shown.documents = documentsLeft(all);
}

/** The statements that the filters leave, of speakers drawn or alone, made in the time chosen. */
function quotesLeft() {
  const wanted = wantedWords();
  return FACTS.quotes.filter((quote) => {
    if (state.document !== null && quote.document !== state.document) return false;
    if (timed() && !toldInTime(quote)) return false;
    if (!wanted.length) return shown.nodes.has(quote.speaker) || loners.has(quote.speaker);
    const said = folded(quote, () => `${nameOf(quote.speaker)} ${quote.cue} ${wordsOf(quote)}`);
    return !state.off.type.has(nodes.get(quote.speaker).type) && wanted.every((word) => said.includes(word));
  });
}

/** The documents that say something of what is left; unfiltered, also those that say nothing. */
function documentsLeft(all) {
  if (state.document !== null) return new Set([state.document]);
  if (all.every(([kind]) => kind === "basis")) return new Set(ARTICLES.keys());
  const found = new Set(shown.quotes.map((quote) => quote.document));
  for (const id of shown.edges) {
    if (found.size === ARTICLES.length) break;
    const edge = edges.get(id);
    for (const seen of edge.evidence) if (!timed() || seenInTime(edge, seen)) found.add(seen.document);
  }
  return found;
}

const unfiltered = () => ({
  around: null,
  hops: 1,
  community: null,
  time: { from: null, to: null, undated: true },
  least: 0,
  words: "",
  document: null,
});

function resetFilters() {
  for (const names of Object.values(state.off)) names.clear();
  change("filter", unfiltered());
}

// How each filter lets through what it hides: a relation, or an entity by itself.
const LIFTS = {
  type: (...ids) => ids.forEach((id) => state.off.type.delete(nodes.get(id).type)),
  relation: (edge) => (edge ? state.off.relation.delete(edge.type) : state.off.relation.clear()),
  status: (edge) => (edge ? state.off.status.delete(edge.status) : state.off.status.clear()),
  basis: (edge) => state.off.basis.delete(edge.basis),
  lone: () => state.off.lone.clear(),
  time: () => (state.time = unfiltered().time),
  score: () => (state.least = 0),
  words: () => (state.words = ""),
  document: () => (state.document = null),
  around: () => Object.assign(state, { around: null, hops: 1 }),
  community: () => (state.community = null),
};

/** Bring back what the filters hide of these, and no more, so that a selection is always seen. */
function reveal(nodeIds, edgeIds = []) {
  const lifted = new Set();
  const hiding = (edge, all) => all.flatMap(([kind, passes]) => (passes(edge) ? [] : [kind]));
  const lift = (kinds, ...of) => {
    for (const kind of kinds) {
      LIFTS[kind](...of);
      lifted.add(kind);
    }
    if (kinds.length) recompute();
  };
  const show = (edge) => {
    const kinds = hiding(edge, tests());
    lift(kinds.filter((kind) => kind === "type"), edge.source, edge.target);
    lift(kinds.filter((kind) => kind !== "type"), edge);
  };
  for (const id of edgeIds) show(edges.get(id));
  for (const id of nodeIds) {
    if (shown.nodes.has(id)) continue;
    const node = nodes.get(id);
    if (state.off.type.has(node.type)) lift(["type"], id);
    if (state.around !== null && !neighbours(state.around, state.hops).has(id)) lift(["around"]);
    if (!inCommunity(id)) lift(["community"]);
    if (shown.nodes.has(id)) continue;
    if (node.edges.length) {
      const all = tests();
      const costs = node.edges.map((edge) => [hiding(edge, all).length, edge]);
      show(costs.reduce((least, one) => (one[0] < least[0] ? one : least))[1]);
      continue;
    }
    const own = tests().map(([kind]) => kind);
    lift(own.filter((kind) => !["type", "basis", "around", "community"].includes(kind)));
    if (!shown.nodes.has(id)) lift(["lone"]);
  }
  const what = edgeIds.length ? sentence(edges.get(edgeIds[0])) : nodeIds.length ? nameOf(nodeIds[0]) : "";
  state.lifted = lifted.size ? { kinds: [...lifted], what } : null;
  if (lifted.size) redraw("filter");
}
