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

/** The relations of a shortest path over what is shown; what is denied connects nobody. */
function shortestPath(from, to) {
  const cameBy = new Map([[from, null]]);
  const queue = [from];
  for (let at = 0; at < queue.length && !cameBy.has(to); at += 1) {
    const id = queue[at];
    for (const edge of nodes.get(id).edges) {
      const next = otherEnd(edge, id);
      if (edge.status === "negated" || !shown.edges.has(edge.id) || cameBy.has(next)) continue;
      cameBy.set(next, edge);
      queue.push(next);
    }
  }
  const path = [];
  for (let id = to; cameBy.get(id); id = otherEnd(cameBy.get(id), id)) path.unshift(cameBy.get(id).id);
  return path;
}

function showPath(from, to) {
  change("select", {
    path: { from, to, edges: shortestPath(from, to) },
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

function pathDetail({ from, to, edges: steps }) {
  let at = from;
  const rows = steps.map((id) => {
    const row = relationRow(edges.get(id), at);
    at = otherEnd(edges.get(id), at);
    return row;
  });
  return [
    el("div", { class: "fact" }, pill(from), el("span", { class: "verb" }, "to"), pill(to)),
    el(
      "p",
      { class: "facts" },
      steps.length
        ? `shortest path: ${count(steps.length, "step")}`
        : "No path over what is shown connects the two.",
    ),
    el("ul", { class: "rows" }, rows),
  ];
}
