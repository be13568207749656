// What is selected, hidden and shown; every change goes through here, into the link and to all parts.

const state = {
  focus: null, // id of the selected entity
  edge: null, // id of the selected relation
  view: "graph", // name of the view that is open
  article: 0, // number of the article shown
  passage: null, // a passage of it that a search found
  path: null, // a shortest path: from, to, ids of its relations
  around: null, // id of the entity whose neighbourhood alone is shown
  hops: 1, // how many relations wide it is
  time: { from: null, to: null, undated: true }, // days counted from 1970, null for no bound
  least: 0, // the least score of a relation that is shown
  words: "", // what relations and statements must contain
  document: null, // number of the article that must say so
  community: null, // number of the group that alone is shown
  circled: false, // whether rings tell the communities
  notices: [], // what the link asked for in vain
  lifted: null, // kinds of the filters lifted to show a selection, and what it is
  off: { type: new Set(), relation: new Set(), status: new Set(), lone: new Set(), basis: new Set() },
};

// What the filters leave; `anyTime` also holds the relations that time alone hides.
const shown = { nodes: new Set(), edges: new Set(), anyTime: new Set(), quotes: [], documents: new Set() };

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
  if (only() === null) return Array.from(shown.edges, (id) => edges.get(id));
  return nodes.get(only()).edges.filter((edge) => shown.edges.has(edge.id));
}

/** The statements that are listed: all shown, or of and to the focus. */
function selectedQuotes() {
  const id = only();
  if (id === null) return shown.quotes;
  return shown.quotes.filter((quote) => quote.speaker === id || quote.addressee === id);
}

/** The entity whose facts alone are listed; a neighbourhood is listed as a whole. */
const only = () => (state.focus === null || state.focus === state.around ? null : state.focus);

/** Change the state and draw it; `what` says which kind of change it was. */
function change(what, changes = {}) {
  Object.assign(state, changes);
  if (what === "filter") {
    recompute();
    state.lifted = null;
  }
  writeLink(what);
  redraw(what);
}

function selectNode(id, { move = true, show = true } = {}) {
  if (show) reveal([id]);
  change("select", { focus: id, edge: null, path: null, passage: null, article: articleOfNode(id) });
  if (move) bringIntoView();
}

function selectEdge(id, { move = true, show = true, of = state.focus } = {}) {
  const edge = edges.get(id);
  if (show) reveal([edge.source, edge.target], [id]);
  const first = edge.evidence.find((seen) => seen.document === state.article) || edge.evidence[0];
  const focus = [edge.source, edge.target].includes(of) ? of : null;
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
