// The same facts in rows: for reading, for the keyboard and for screen readers.

const placeOf = (edge) => {
  const seen = edge.evidence.find((one) => one.place !== null);
  return seen ? nameOf(seen.place) : "";
};

const nameCell = (id) => button({ class: "plain" }, () => selectNode(id), nameOf(id));

const RELATION_COLUMNS = [
  {
    title: "Subject",
    width: 16,
    value: (edge) => nameOf(edge.source),
    show: (edge) => nameCell(edge.source),
  },
  { title: "Relation", width: 14, value: (edge) => edge.label, show: relationCell },
  { title: "Object", width: 16, value: (edge) => nameOf(edge.target), show: (edge) => nameCell(edge.target) },
  {
    title: "Status",
    width: 13,
    value: (edge) => FACTS.statuses.indexOf(edge.status),
    show: (edge) => badge(edge.status),
    text: (edge) => edge.status,
  },
  { title: "When", width: 12, value: (edge) => edge.date || "", show: dateCell, blank: "" },
  { title: "Where", width: 12, value: placeOf, blank: "" },
  {
    title: "Exact words",
    width: 23,
    value: (edge) => wordsOf(edge.evidence[0]),
    show: wordsCell,
    text: (edge) => wordsOf(edge.evidence[0]),
  },
  { title: "Basis", width: 12, value: (edge) => edge.basis, blank: "text" },
  { title: "Docs", width: 9, value: (edge) => edge.documents, blank: 1 },
];

const QUOTE_COLUMNS = [
  {
    title: "Speaker",
    width: 18,
    value: (quote) => nameOf(quote.speaker),
    show: (quote) => nameCell(quote.speaker),
  },
  { title: "Words", width: 40, value: (quote) => wordsOf(quote), show: quoteCell, text: quoted },
  { title: "Kind", width: 13, value: (quote) => quote.kind },
  { title: "Verb", width: 17, value: (quote) => quote.cue, blank: "" },
  {
    title: "To",
    width: 14,
    value: (quote) => (quote.addressee === null ? "" : nameOf(quote.addressee)),
    blank: "",
  },
  {
    title: "Document",
    width: 20,
    value: (quote) => (ARTICLES.length > 1 ? ARTICLES[quote.document].title : ""),
    show: (quote) => briefly(ARTICLES[quote.document].title),
    blank: "",
  },
  {
    title: "Dated",
    width: 14,
    value: (quote) => (ARTICLES.length > 1 ? ARTICLES[quote.document].date || "" : ""),
    show: (quote) => el("span", { class: "date" }, ARTICLES[quote.document].date || ""),
    blank: "",
  },
];

function briefly(words) {
  return el("span", { class: "brief", title: words }, words);
}

const LATE = 40; // letters before the first name, from which on a cell starts with the name
const LEAD = 12; // letters kept before it

/** The words of a fact from its first end on, where a cell would cut the sentence before it. */
function wordsCell(edge) {
  const [seen] = edge.evidence;
  const words = wordsOf(seen);
  const ends = mentionsIn(ARTICLES[seen.document], seen.start, seen.end)
    .filter(([start, , id]) => start >= seen.start && (id === edge.source || id === edge.target))
    .map(([start]) => start - seen.start);
  if (!ends.length || ends[0] < LATE) return el("span", { class: "words", title: words }, words);
  const from = words.indexOf(" ", ends[0] - LEAD) + 1 || ends[0];
  return el("span", { class: "words", title: words }, `… ${words.slice(Math.min(from, ends[0]))}`);
}

/** A date stands in one line; words like "shortly before the meeting" need several. */
function dateCell(edge) {
  return el("span", { class: /^\d/.test(edge.date || "") ? "date" : null }, edge.date || "");
}

function relationCell(edge) {
  const given = { class: "plain verb", style: { color: edgeColour(edge) }, title: edge.relation.gloss };
  return button(given, () => selectEdge(edge.id), edge.label);
}

function quoteCell(quote) {
  return button({ class: "plain words full" }, () => showPassage(quote), quoted(quote));
}

/** A table with what stands over it: how many rows, what narrows them, and taking them along. */
function makeSheet({ noun, rows, total, choices, ...given }) {
  const number = el("p", { class: "sheet-number", role: "status" });
  const said = (words) => number.replaceChildren(el("b", {}, counted()), words ? ` · ${words}` : "");
  const counted = () => partOf(grid.given.length, total(), noun);
  const grid = makeGrid({ ...given, said });
  grid.copy = () => {
    const { number: copied, text } = grid.lines();
    copy(text).then((done) =>
      said(done ? `${count(copied, "row")} copied` : "the browser did not let the rows be copied; CSV saves them"),
    );
  };
  const narrowing = makeNarrowing(choices);
  const copying = button(
    { class: "copy", title: "Copy the marked rows, or all, for a spreadsheet (Ctrl+C in the table)" },
    () => grid.copy(),
    "Copy",
  );
  const host = el(
    "div",
    { class: "sheet" },
    el("div", { class: "sheet-head" }, number, narrowing.host, copying),
    grid.scroller,
  );
  return (what) => {
    const panel = byId("table");
    if (host.parentNode !== panel) panel.replaceChildren(host);
    narrowing.draw();
    grid.show(rows(), what === "theme");
    said("");
  };
}

addView({
  name: "relations",
  title: "Relations",
  key: "r",
  panel: "table",
  draw: makeSheet({
    label: "Relations",
    noun: "relation",
    columns: RELATION_COLUMNS,
    rows: selected,
    total: () => edges.size,
    choices: ["relation", "status", "document"],
    open: (edge) => selectEdge(edge.id),
    chosen: (edge) => edge.id === state.edge,
  }),
});
addView({
  name: "statements",
  title: "Statements",
  key: "s",
  panel: "table",
  draw: makeSheet({
    label: "Statements",
    noun: "statement",
    columns: QUOTE_COLUMNS,
    rows: selectedQuotes,
    total: () => FACTS.quotes.length,
    choices: ["document"],
    open: (quote) => showPassage(quote),
    chosen: ({ document, start, end }) =>
      state.passage !== null && document === state.article && start === state.passage[0] && end === state.passage[1],
  }),
});
