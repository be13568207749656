// The notes over a view that say what is not seen, each with the way back.

const chip = (kind, words, label, act, title) =>
  el(
    "div",
    { class: `chip ${kind}`, role: "status" },
    el("span", { dir: "auto" }, words),
    button({ title, "aria-label": title }, act, label),
  );

/** What the link asked for in vain. */
function noticeChip() {
  if (!state.notices.length) return null;
  const [first, ...more] = state.notices;
  const words = more.length ? `${first} (and ${more.length} more like that)` : first;
  const drop = () => change("view", { notices: [] });
  return chip("notice-chip", words[0].toUpperCase() + words.slice(1), "×", drop, "Dismiss");
}

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
  const far = state.hops === 1 ? "far" : `more than ${state.hops} relations`;
  const why =
    state.community !== null
      ? `outside ${groups[state.community].name}`
      : state.around === null
        ? "by filters"
        : `${far} from ${nameOf(state.around)}`;
  return chip("", `${what.join(" and ")} hidden ${why}`, "Reset", resetFilters, "Show everything again");
}

/** The words that all that is shown has to hold. */
function wordsChip() {
  if (!state.words.trim()) return null;
  const drop = () => change("filter", { words: "" });
  return chip("", `only with “${harmless(state.words)}”`, "×", drop, "Without these words");
}

/** The document that alone is heard. */
function documentChip() {
  if (state.document === null) return null;
  const drop = () => change("filter", { document: null });
  return chip("", `only from ${articleName(ARTICLES[state.document])}`, "×", drop, "All documents");
}

/** Whose facts alone are listed; in the graph the veil over the others says it. */
function onlyChip() {
  if (state.view === "graph") return null;
  const way = ({ words, from, to }) => words || `the path from ${nameOf(from)} to ${nameOf(to)}`;
  const words =
    state.path !== null
      ? `only ${way(state.path)}`
      : only() !== null
        ? `only facts of ${nameOf(only())}`
        : null;
  return words && chip("", words, "×", selectNothing, "List all again");
}

function drawChips() {
  const parts = [changedChip(), noticeChip(), sceneChip(), onlyChip(), wordsChip(), documentChip(), hiddenChip()];
  byId("chips").replaceChildren(...parts.filter(Boolean));
}
