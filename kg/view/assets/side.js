// The side panel: overview or selection, article, documents. One is open; beside a selection, and
// with a single article, the article stands below it.

const side = {
  part: "detail", // which part is open: detail, article or documents
  open: false, // on a phone: whether the sheet is drawn up
  selection: "", // what was selected when it was drawn last
  passage: null, // and the passage that was shown
};

const PARTS = ["detail", "article", "documents"];
const isNarrow = () => matchMedia("(max-width: 860px)").matches;
const hasSelection = () => state.edge !== null || state.focus !== null || state.path !== null;

function openPart(part, { open = true } = {}) {
  side.part = part;
  side.open = open;
  drawSide("part");
}

/** What is selected, in a few words: for the link to this place and for those who listen. */
function selectionWords() {
  if (state.path?.mark) return state.path.words;
  if (state.path !== null) return `Path from ${nameOf(state.path.from)} to ${nameOf(state.path.to)}`;
  if (state.edge !== null) return sentence(edges.get(state.edge));
  return state.focus === null ? "" : nameOf(state.focus);
}

/** Find out which part a change asks for: what is newly selected comes to the front. */
function followSelection() {
  const { focus, edge, path } = state;
  const selection = JSON.stringify([focus, edge, path && [path.from, path.to, path.mark]]);
  if (selection !== side.selection) {
    unfolded.clear();
    if (hasSelection()) {
      side.part = "detail";
      side.open = side.selection !== "" || state.edge !== null;
    }
    byId("heard").textContent = selectionWords();
  } else if (state.passage !== null && state.passage !== side.passage && (isNarrow() || !hasSelection())) {
    side.part = "article";
    side.open = true;
  }
  side.selection = selection;
  side.passage = state.passage;
}

function drawParts() {
  const split = side.part === "detail" && (hasSelection() || ARTICLES.length === 1);
  const words = {
    detail: hasSelection() ? "Selection" : "Overview",
    article: "Article",
    documents: `Documents (${ARTICLES.length})`,
  };
  byId("side").classList.toggle("split", split && ARTICLES.length > 0);
  byId("side").classList.toggle("open", side.open);
  byId("sheet").setAttribute("aria-expanded", String(side.open));
  for (const part of PARTS) {
    const tab = byId(`part-${part}`);
    tab.textContent = words[part];
    tab.setAttribute("aria-selected", String(part === side.part));
    tab.tabIndex = part === side.part ? 0 : -1;
    byId(part).hidden = part !== side.part && !(split && part === "article");
  }
}

function drawSide(what) {
  if (what === "filter") overview.stale = true;
  if (what !== "part") followSelection();
  const inside = PARTS.find((part) => byId(part).contains(document.activeElement));
  drawParts();
  drawDetailInTime(what);
  drawArticle();
  drawDocuments();
  // Who worked in a part by keyboard goes on there, though its buttons are made anew.
  if (inside && document.activeElement === document.body)
    byId(byId(inside).hidden ? side.part : inside).focus({ preventScroll: true });
}

const PROMPT = 4000; // of so many relations the overview is told anew at once
const REST = 150; // milliseconds without a further change, after which it is told of more
let resting = 0;

/** A handle dragged over 40,000 facts moves the views at once, and the overview when it rests. */
function drawDetailInTime(what) {
  clearTimeout(resting);
  const same = byId("detail").dataset.of === side.selection;
  if (what === "filter" && same && !hasSelection() && edges.size > PROMPT) resting = setTimeout(drawDetail, REST);
  else drawDetail();
}

function drawDetail() {
  const detail = byId("detail");
  if (detail.hidden) return;
  const parts =
    state.path !== null
      ? (state.path.mark ? markDetail : pathDetail)(state.path)
      : state.edge !== null
        ? edgeDetail(edges.get(state.edge))
        : state.focus !== null
          ? nodeDetail(nodes.get(state.focus))
          : overviewDetail();
  const scrolled = detail.dataset.of === side.selection ? detail.scrollTop : 0;
  const inside = detail.contains(document.activeElement);
  detail.dataset.of = side.selection;
  detail.replaceChildren(...parts.flat(Infinity).filter(Boolean));
  detail.scrollTop = scrolled;
  if (inside && !detail.contains(document.activeElement)) detail.focus({ preventScroll: true });
}

/** The tabs of the parts; the arrow keys walk through them. */
function makeParts() {
  const walk = (event) => {
    const way = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!way) return;
    event.preventDefault();
    event.stopPropagation();
    openPart(PARTS.at((PARTS.indexOf(side.part) + way) % PARTS.length));
    byId(`part-${side.part}`).focus();
  };
  for (const part of PARTS) {
    const tab = button({ role: "tab", id: `part-${part}`, "aria-controls": part }, () => openPart(part));
    tab.addEventListener("keydown", walk);
    byId("parts").append(tab);
  }
  byId("sheet").addEventListener("click", () => openPart(side.part, { open: !side.open }));
}

makeParts();
// Before the first selection asks for it, when nothing else is to be done.
(window.requestIdleCallback || setTimeout)(naming);
