// Near and far: only the neighbours of an entity, and the shortest path between two.

/** The ids of an entity and its direct neighbours. */
function neighbours(id) {
  return new Set([id, ...nodes.get(id).edges.map((edge) => otherEnd(edge, id))]);
}

/** The relations of a shortest path over what is shown; what is denied connects nobody. */
function shortestPath(from, to) {
  const cameBy = new Map([[from, null]]);
  const queue = [from];
  while (queue.length && !cameBy.has(to)) {
    const id = queue.shift();
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

function showAround(id) {
  change("filter", { around: id });
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
