// Near and far: only the neighbours of an entity, and the shortest path between two.

/** The ids of what is within so many relations of an entity. */
function neighbours(id, hops = 1) {
  const near = new Set([id]);
  let edge = [id];
  for (let far = 0; far < hops && edge.length; far += 1) {
    const next = edge.flatMap((at) => nodes.get(at).edges.map((one) => otherEnd(one, at)));
    edge = [...new Set(next)].filter((at) => !near.has(at));
    for (const at of edge) near.add(at);
  }
  return near;
}

const STANDING = new Set(["role", "place"]); // families of what lasts: who holds an office is not in touch by it
const isDone = (edge) => edge.status === "actual" && edge.basis === "text" && !STANDING.has(edge.relation.family);
const WEAK = 7; // more than any doubt of `doubtOf`: of paths as short, the one that stays with facts

/** How unlikely it is that at least one independent source is right, as what adds up along a path. */
function doubtOf(edge) {
  const best = new Map();
  for (const { document, score } of heardIn(edge))
    best.set(ARTICLES[document].story, Math.max(score, best.get(ARTICLES[document].story) || 0));
  const wrong = [...best.values()].reduce((product, score) => product * (1 - score), 1);
  return (isDone(edge) ? 0 : WEAK) - Math.log(Math.max(1 - wrong, 1e-3));
}

/** The relations of a path over what is wanted: fewest steps, and of equals the most likely right. */
function shortestPath(from, to, wanted) {
  const cameBy = new Map([[from, { edge: null, doubt: 0 }]]);
  let layer = [from];
  while (layer.length && !cameBy.has(to)) {
    const next = new Map();
    for (const id of layer)
      for (const edge of nodes.get(id).edges) {
        const end = otherEnd(edge, id);
        if (cameBy.has(end) || !shown.edges.has(edge.id) || !wanted(edge)) continue;
        const doubt = cameBy.get(id).doubt + doubtOf(edge);
        if (!next.has(end) || doubt < next.get(end).doubt) next.set(end, { edge, doubt });
      }
    for (const [end, way] of next) cameBy.set(end, way);
    layer = [...next.keys()];
  }
  const path = [];
  for (let id = to; cameBy.get(id)?.edge; id = otherEnd(cameBy.get(id).edge, id)) path.unshift(cameBy.get(id).edge.id);
  return path;
}

/** A path by what is stated as done, or else by whatever is shown; what is denied connects nobody. */
function pathBetween(from, to) {
  const done = shortestPath(from, to, isDone);
  return done.length ? done : shortestPath(from, to, (edge) => edge.status !== "negated");
}

/** Why a step is none by what is stated as done, or null. */
function weakness(edge) {
  if (edge.basis !== "text") return "background knowledge";
  if (edge.status !== "actual") return edge.status === "planned" ? "a plan" : "what is only possible";
  if (!STANDING.has(edge.relation.family)) return null;
  return edge.relation.family === "role" ? "an office or another lasting bond" : "where something lies or was held";
}

function showPath(from, to) {
  change("select", {
    path: { from, to, edges: pathBetween(from, to) },
    focus: null,
    edge: null,
    passage: null,
  });
  bringIntoView();
}

/** Show only what is within so many relations of an entity; `null` shows all again. */
function showAround(id, hops = 1) {
  change("filter", { around: id, hops });
  if (id !== null && state.focus !== id) selectNode(id, { move: false });
  showAll();
}

/** What is to be known of a path before its steps are read. */
function pathWords(from, to, steps) {
  if (from === to) return ["The two are one; choose another for a path."];
  if (!steps.length) return ["No path over what is shown connects the two."];
  const weak = [...new Set(steps.map((id) => weakness(edges.get(id))).filter(Boolean))];
  const words = [`shortest path: ${count(steps.length, "step")}`];
  if (weak.length) words.push(`No path by what is stated as done joins the two; this one uses ${weak.join(" and ")}.`);
  return words;
}

function pathDetail({ from, to, edges: steps }) {
  let at = from;
  const rows = steps.map((id) => {
    const row = relationRow(edges.get(id), at);
    row.append(surestWords(edges.get(id)));
    at = otherEnd(edges.get(id), at);
    return row;
  });
  return [
    el("div", { class: "fact" }, pill(from), el("span", { class: "verb" }, "to"), pill(to)),
    pathWords(from, to, steps).map((words) => el("p", { class: "facts" }, words)),
    el("ul", { class: "rows steps-told" }, rows),
  ];
}
