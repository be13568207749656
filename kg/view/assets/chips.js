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

const FILTER_NAMES = { basis: "background", around: "neighbourhood", community: "community" };

/** Which filters gave way so that what was chosen is seen. */
function liftedChip() {
  if (state.lifted === null) return null;
  const { kinds, what } = state.lifted;
  const own = kinds.filter((kind) => kind !== "lone" && (kind !== "community" || whole));
  const names = own.map((kind) => FILTER_NAMES[kind] || kind);
  const which = [names.slice(0, -1).join(", "), names.at(-1)].filter(Boolean).join(" and ");
  const words = own.length
    ? `${which} ${own.length === 1 ? "filter" : "filters"} lifted`
    : kinds.includes("lone")
      ? "entities without relations drawn"
      : null;
  if (words === null) return null;
  const drop = () => change("view", { lifted: null });
  return chip("notice-chip", `${words[0].toUpperCase()}${words.slice(1)} to show ${what}`, "×", drop, "Dismiss");
}

/** Entities without relations that are not drawn though no filter hides them. */
const undrawn = () => (state.off.lone.size ? left.lone : 0);

function loneChip() {
  const number = undrawn();
  if (!number) return null;
  const draw = () => {
    state.off.lone.clear();
    change("filter");
  };
  const words = `${count(number, "entity", "entities")} without relations ${number === 1 ? "is" : "are"} not drawn`;
  return chip("", words, "Show", draw, "Show entities without relations");
}

/** What the filters hide. */
function hiddenChip() {
  const hiddenNodes = nodes.size - shown.nodes.size - undrawn();
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
  const said = [changedChip(), noticeChip(), liftedChip(), sceneChip(), onlyChip()];
  const hidden = [wordsChip(), documentChip(), hiddenChip(), loneChip()];
  byId("chips").replaceChildren(...[...said, ...hidden].filter(Boolean));
}
