// What is selected, hidden and shown; every change goes through here, into the link and to all parts.

const state = {
  focus: null, // id of the selected entity
  edge: null, // id of the selected relation
  view: "graph", // name of the view that is open
  article: 0, // number of the article shown
  passage: null, // a passage of it that a search found
  path: null, // a shortest path: from, to, ids of its relations
  around: null, // id of the entity whose neighbours alone are shown
  time: { from: null, to: null, undated: true }, // days counted from 1970, null for no bound
  least: 0, // the least score of a relation that is shown
  words: "", // what relations and statements must contain
  document: null, // number of the article that must say so
  community: null, // number of the group that alone is shown
  off: { type: new Set(), relation: new Set(), status: new Set(), lone: new Set(), basis: new Set() },
};

const shown = { nodes: new Set(), edges: new Set(), anyTime: new Set() }; // and relations that time alone may hide

// --- the views: ways to see one selection

const views = new Map();

/**
 * Add a view: its `name` in the link, the `title` and `key` of its tab, and what draws it.
 *
 * `draw(what)` is called while the view is open: with "view" when it is opened, "select" or
 * "filter" when these change, "theme" for dark and light. It draws into the element with the id
 * `panel`, by default a new one that has the view's name.
 */
function addView({ name, title, key, panel = name, draw }) {
  const host = byId(panel) || el("div", { id: panel, class: "panel", tabindex: "-1", hidden: true });
  host.setAttribute("role", "tabpanel");
  if (!host.parentNode) byId("time").before(host);
  views.set(name, { name, title, key, panel, draw });
}

/** The relations that every view but the graph lists: all shown, those of the focus, or the path. */
function selected() {
  if (state.path !== null) return state.path.edges.map((id) => edges.get(id));
  const own = only() === null ? edges.values() : nodes.get(only()).edges;
  return [...own].filter((edge) => shown.edges.has(edge.id));
}

/** The statements that are listed: all of speakers shown, or of and to the focus. */
function selectedQuotes() {
  const id = only();
  const wanted = wantedWords();
  return FACTS.quotes.filter((quote) => {
    if (id !== null && quote.speaker !== id && quote.addressee !== id) return false;
    if (state.document !== null && quote.document !== state.document) return false;
    if (!wanted.length) return shown.nodes.has(quote.speaker);
    const said = folded(quote, () => `${nameOf(quote.speaker)} ${quote.cue} ${wordsOf(quote)}`);
    return !state.off.type.has(nodes.get(quote.speaker).type) && wanted.every((word) => said.includes(word));
  });
}

/** The entity whose facts alone are listed; a neighbourhood is listed as a whole. */
const only = () => (state.focus === null || state.focus === state.around ? null : state.focus);

// --- what the filters leave

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

function recompute() {
  const { type, relation, status, lone, basis } = state.off;
  shown.edges.clear();
  shown.anyTime.clear();
  shown.nodes.clear();
  const timed = state.time.from !== null || state.time.to !== null || !state.time.undated;
  const narrowed = relation.size > 0 || status.size > 0 || timed || state.least > 0 || state.words !== "" || state.document !== null;
  const wanted = wantedWords();
  const near = state.around === null ? null : neighbours(state.around);
  const outside = state.community === null ? () => false : (id) => !belongs(nodes.get(id), state.community);
  for (const edge of edges.values()) {
    const ends = [nodes.get(edge.source).type, nodes.get(edge.target).type];
    if (basis.has(edge.basis) || relation.has(edge.type) || status.has(edge.status) || ends.some((end) => type.has(end))) continue;
    if (edge.score < state.least) continue;
    if (state.document !== null && !edge.evidence.some((seen) => seen.document === state.document)) continue;
    if (wanted.length && !wanted.every((word) => folded(edge, () => textOf(edge)).includes(word))) continue;
    if (near && !(near.has(edge.source) && near.has(edge.target))) continue;
    if (outside(edge.source) || outside(edge.target)) continue;
    shown.anyTime.add(edge.id);
    if (!timed || inTime(edge)) shown.edges.add(edge.id);
  }
  for (const node of nodes.values()) {
    if (type.has(node.type) || (near && !near.has(node.id)) || outside(node.id)) continue;
    if (node.edges.length === 0 && (lone.size > 0 || narrowed)) continue;
    if (narrowed && !node.edges.some((edge) => shown.edges.has(edge.id))) continue;
    shown.nodes.add(node.id);
  }
}

/** Change the state and draw it; `what` says which kind of change it was. */
function change(what, changes = {}) {
  Object.assign(state, changes);
  if (what === "filter") recompute();
  writeLink();
  redraw(what);
}

/** Bring back whatever a filter hides of these, so that a selection is always seen. */
function reveal(nodeIds, edgeIds = []) {
  if (nodeIds.every((id) => shown.nodes.has(id)) && edgeIds.every((id) => shown.edges.has(id))) return;
  let hidden =
    state.around !== null ||
    state.community !== null ||
    state.time.from !== null ||
    state.time.to !== null ||
    !state.time.undated ||
    state.least > 0 ||
    state.words !== "" ||
    state.document !== null;
  Object.assign(state, { around: null, community: null, least: 0, words: "", document: null });
  state.time = { from: null, to: null, undated: true };
  recompute();
  const show = (set, name) => (hidden = set.delete(name) || hidden);
  for (const id of nodeIds) {
    if (shown.nodes.has(id)) continue;
    const node = nodes.get(id);
    show(state.off.type, node.type);
    if (node.edges.length === 0) {
      show(state.off.lone, "lone");
      for (const set of [state.off.relation, state.off.status]) if (set.size) hidden = !set.clear();
    } else if (!node.edges.some((edge) => shown.edges.has(edge.id))) edgeIds = [...edgeIds, node.edges[0].id];
  }
  for (const id of edgeIds) {
    if (shown.edges.has(id)) continue;
    const edge = edges.get(id);
    show(state.off.relation, edge.type);
    show(state.off.status, edge.status);
    show(state.off.basis, edge.basis);
    for (const end of [edge.source, edge.target]) show(state.off.type, nodes.get(end).type);
  }
  if (hidden) change("filter");
}

function selectNode(id, { move = true } = {}) {
  reveal([id]);
  change("select", { focus: id, edge: null, path: null, passage: null, article: articleOfNode(id) });
  if (move) bringIntoView();
}

function selectEdge(id, { move = true } = {}) {
  const edge = edges.get(id);
  reveal([edge.source, edge.target], [id]);
  const first = edge.evidence.find((seen) => seen.document === state.article) || edge.evidence[0];
  const focus = [edge.source, edge.target].includes(state.focus) ? state.focus : null;
  change("select", { focus, edge: id, path: null, passage: null, article: first.document });
  if (move) bringIntoView();
}

/** Show a passage of an article; the selection stays unless another is given. */
function showPassage({ document, start, end }, selection = {}) {
  change("select", { article: document, passage: [start, end], ...selection });
}

const selectNothing = () => change("select", { focus: null, edge: null, path: null, passage: null });

/** The article now open if it names the entity, or else the first one that does. */
function articleOfNode(id) {
  const own = documentsOf(id);
  return own.has(state.article) ? state.article : (own.keys().next().value ?? state.article);
}

/** What no text says is hidden until somebody asks for it in the legend. */
const beyond = [...edges.values()].filter((edge) => edge.basis === "background").length;

/** Many entities without a relation would only crowd the drawing; they wait in the legend. */
const lonely = ranked.filter((node) => node.edges.length === 0).length;
