// The notes over a view that say what is not seen, each with the way back.

const chip = (words, act, label) => el("div", { class: "chip", role: "status" }, words, button({}, act, label));

/** What the filters hide. */
function hiddenChip() {
  const hiddenNodes = nodes.size - shown.nodes.size;
  const unasked = state.off.basis.has("background") ? beyond : 0; // hidden from the start
  const hiddenEdges = edges.size - shown.edges.size - unasked;
  const what = [
    hiddenNodes ? count(hiddenNodes, "entity", "entities") : null,
    hiddenEdges ? count(hiddenEdges, "relation") : null,
  ].filter(Boolean);
  if (!what.length) return null;
  if (state.community !== null && !whole) return null; // the way through the groups says it
  const why = state.community !== null ? `outside ${groups[state.community].name}` : state.around === null ? "by filters" : `far from ${nameOf(state.around)}`;
  return chip(`${what.join(" and ")} hidden ${why}`, resetFilters, "Reset");
}

/** Whose facts alone are listed; in the graph the veil over the others says it. */
function onlyChip() {
  if (state.view === "graph") return null;
  const all = (words) => chip(words, selectNothing, el("span", { title: "List all again" }, "×"));
  if (state.path !== null)
    return all(state.path.words ? `only ${state.path.words}` : `only the path from ${nameOf(state.path.from)} to ${nameOf(state.path.to)}`);
  return only() === null ? null : all(`only facts of ${nameOf(only())}`);
}

function drawChips() {
  byId("chips").replaceChildren(...[sceneChip(), onlyChip(), hiddenChip()].filter(Boolean));
}
