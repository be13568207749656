// The view of the page in its address: #focus=... or #edge=..., &view=..., &hide=type:Place,status:planned

const encoded = (text) => encodeURIComponent(text).replace(/%(3A|2F|2C)/g, decodeURIComponent);

function writeLink() {
  const parts = [];
  if (state.focus !== null) parts.push(`focus=${encoded(nodes.get(state.focus).key)}`);
  if (state.edge !== null) parts.push(`edge=${encoded(edgeKey(edges.get(state.edge)))}`);
  if (state.view !== "graph") parts.push(`view=${state.view}`);
  if (state.around !== null) parts.push(`around=${encoded(nodes.get(state.around).key)}`);
  if (state.community !== null) parts.push(`community=${state.community}`);
  const { from, to, undated } = state.time;
  if (from !== null || to !== null)
    parts.push(`time=${from === null ? "" : isoOf(from)}..${to === null ? "" : isoOf(to)}`);
  if (!undated) parts.push("undated=no");
  if (state.least > 0) parts.push(`score=${state.least}`);
  if (state.words) parts.push(`words=${encoded(state.words)}`);
  if (state.document !== null) parts.push(`document=${encoded(ARTICLES[state.document].id)}`);
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
  state.words = given.get("words") || "";
  const article = ARTICLES.findIndex(({ id }) => id === given.get("document"));
  state.document = article < 0 ? null : article;
  state.around = nodeByKey.get(given.get("around"))?.id ?? null;
  state.community = groups[given.get("community")]?.number ?? null;
  const view = given.get("view");
  state.view = views.has(view) ? view : "graph";
  const wanted = given.get("focus");
  const named = (node) => fold(node.name) === fold(wanted);
  const node = wanted && (nodeByKey.get(wanted) || [...nodes.values()].find(named));
  const edge = edgeByKey.get(given.get("edge"));
  change("filter");
  if (node) selectNode(node.id);
  if (edge) selectEdge(edge.id);
  if (node || edge) return;
  if (!given.has("focus") && !given.has("edge") && FACTS.focus !== null)
    selectNode(nodeByKey.get(FACTS.focus).id);
  else selectNothing();
}
