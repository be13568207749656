// What is selected, hidden and shown; every change goes through here, into the link and to all parts.

const state = {
  focus: null, // id of the selected entity
  edge: null, // id of the selected relation
  view: "graph", // graph, relations or statements
  article: 0, // number of the article shown
  passage: null, // a passage of it that a search found
  path: null, // a shortest path: from, to, ids of its relations
  around: null, // id of the entity whose neighbours alone are shown
  time: { from: null, to: null, undated: true }, // days counted from 1970, null for no bound
  least: 0, // the least score of a relation that is shown
  off: { type: new Set(), relation: new Set(), status: new Set(), lone: new Set(), basis: new Set() },
};

const shown = { nodes: new Set(), edges: new Set() };

function recompute() {
  const { type, relation, status, lone, basis } = state.off;
  shown.edges.clear();
  shown.nodes.clear();
  const timed = state.time.from !== null || state.time.to !== null || !state.time.undated;
  const narrowed = relation.size > 0 || status.size > 0 || timed || state.least > 0;
  const near = state.around === null ? null : neighbours(state.around);
  for (const edge of edges.values()) {
    const ends = [nodes.get(edge.source).type, nodes.get(edge.target).type];
    if (basis.has(edge.basis) || relation.has(edge.type) || status.has(edge.status) || ends.some((end) => type.has(end))) continue;
    if (timed && !inTime(edge)) continue;
    if (edge.score < state.least) continue;
    if (near && !(near.has(edge.source) && near.has(edge.target))) continue;
    shown.edges.add(edge.id);
  }
  for (const node of nodes.values()) {
    if (type.has(node.type) || (near && !near.has(node.id))) continue;
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
    state.time.from !== null ||
    state.time.to !== null ||
    !state.time.undated ||
    state.least > 0;
  state.around = null;
  state.least = 0;
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
  change("select", { focus: null, edge: id, path: null, passage: null, article: first.document });
  if (move) bringIntoView();
}

/** Show a passage of an article; the selection stays unless another is given. */
function showPassage({ document, start, end }, selection = {}) {
  change("select", { article: document, passage: [start, end], ...selection });
}

const selectNothing = () => change("select", { focus: null, edge: null, path: null, passage: null });

/** The article now open if it names the entity, or else the first one that does. */
function articleOfNode(id) {
  const names = (article) => article.mentions.some((mention) => mention[2] === id);
  if (!ARTICLES.length || names(ARTICLES[state.article])) return state.article;
  return Math.max(0, ARTICLES.findIndex(names));
}

/** What no text says is hidden until somebody asks for it in the legend. */
const beyond = [...edges.values()].filter((edge) => edge.basis === "background").length;

/** Many entities without a relation would only crowd the drawing; they wait in the legend. */
const lonely = ranked.filter((node) => node.edges.length === 0).length;

// --- the link: #focus=... or #edge=..., &view=..., &hide=type:Place,status:planned

const encoded = (text) => encodeURIComponent(text).replace(/%(3A|2F|2C)/g, decodeURIComponent);

function writeLink() {
  const parts = [];
  if (state.focus !== null) parts.push(`focus=${encoded(nodes.get(state.focus).key)}`);
  if (state.edge !== null) parts.push(`edge=${encoded(edgeKey(edges.get(state.edge)))}`);
  if (state.view !== "graph") parts.push(`view=${state.view}`);
  if (state.around !== null) parts.push(`around=${encoded(nodes.get(state.around).key)}`);
  const { from, to, undated } = state.time;
  if (from !== null || to !== null)
    parts.push(`time=${from === null ? "" : isoOf(from)}..${to === null ? "" : isoOf(to)}`);
  if (!undated) parts.push("undated=no");
  if (state.least > 0) parts.push(`score=${state.least}`);
  const hidden = Object.entries(state.off).flatMap(([kind, names]) =>
    [...names].map((name) => `${kind}:${name}`),
  );
  if (hidden.length) parts.push(`hide=${encoded(hidden.join(","))}`);
  const wanted = parts.length ? `#${parts.join("&")}` : "#";
  if (wanted !== (location.hash || "#")) attempt(() => history.replaceState(null, "", wanted));
}

function readLink() {
  const given = new Map(
    location.hash
      .slice(1)
      .split("&")
      .map((part) => {
        const [key, ...value] = part.split("=");
        return [key, attempt(() => decodeURIComponent(value.join("=")), "")];
      }),
  );
  for (const [kind, names] of Object.entries(state.off)) {
    names.clear();
    for (const entry of (given.get("hide") || "").split(",")) {
      if (entry.startsWith(`${kind}:`)) names.add(entry.slice(kind.length + 1));
    }
  }
  if (!given.has("hide") && lonely > 40) state.off.lone.add("lone");
  if (!given.has("hide") && beyond) state.off.basis.add("background");
  const [from, to] = (given.get("time") || "").split("..").map(dayOf);
  state.time = { from: from ?? null, to: to ?? null, undated: given.get("undated") !== "no" };
  state.least = Math.min(Math.max(Number(given.get("score")) || 0, 0), 1);
  state.around = nodeByKey.get(given.get("around"))?.id ?? null;
  const view = given.get("view");
  state.view = ["relations", "statements"].includes(view) ? view : "graph";
  const wanted = given.get("focus");
  const named = (node) => fold(node.name) === fold(wanted);
  const node = wanted && (nodeByKey.get(wanted) || [...nodes.values()].find(named));
  const edge = edgeByKey.get(given.get("edge"));
  change("filter");
  if (edge) selectEdge(edge.id);
  else if (node) selectNode(node.id);
  else if (!given.has("focus") && !given.has("edge") && FACTS.focus !== null)
    selectNode(nodeByKey.get(FACTS.focus).id);
  else selectNothing();
}
