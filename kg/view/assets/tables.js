// The same graph in rows: for reading, for the keyboard and for screen readers.

const sorting = { column: 0, down: false };

const placeOf = (edge) => {
  const seen = edge.evidence.find((one) => one.place !== null);
  return seen ? nameOf(seen.place) : "";
};

const nameCell = (id) => button({ class: "plain" }, () => selectNode(id), nameOf(id));

// Each column: its heading, its share of the width, what it is sorted by, what it shows; without
// `show` it shows what it is sorted by. Where all rows hold the `blank` the column is left out.

const RELATION_COLUMNS = [
  {
    title: "Subject",
    width: 18,
    value: (edge) => nameOf(edge.source),
    show: (edge) => nameCell(edge.source),
  },
  { title: "Relation", width: 14, value: (edge) => edge.label, show: relationCell },
  { title: "Object", width: 18, value: (edge) => nameOf(edge.target), show: (edge) => nameCell(edge.target) },
  {
    title: "Status",
    width: 11,
    value: (edge) => FACTS.statuses.indexOf(edge.status),
    show: (edge) => badge(edge.status),
  },
  { title: "When", width: 12, value: (edge) => edge.date || "", blank: "" },
  { title: "Where", width: 11, value: placeOf, blank: "" },
  {
    title: "The words that say so",
    width: 30,
    value: (edge) => wordsOf(edge.evidence[0]),
    show: (edge) => el("span", { class: "words" }, wordsOf(edge.evidence[0])),
  },
  { title: "Basis", width: 11, value: (edge) => edge.basis, blank: "text" },
  { title: "Documents", width: 10, value: (edge) => edge.documents, blank: 1 },
];

const QUOTE_COLUMNS = [
  {
    title: "Speaker",
    width: 18,
    value: (quote) => nameOf(quote.speaker),
    show: (quote) => nameCell(quote.speaker),
  },
  { title: "Words", width: 46, value: (quote) => wordsOf(quote), show: quoteCell },
  { title: "Kind", width: 11, value: (quote) => quote.kind },
  { title: "Verb", width: 15, value: (quote) => quote.cue, blank: "" },
  {
    title: "To",
    width: 14,
    value: (quote) => (quote.addressee === null ? "" : nameOf(quote.addressee)),
    blank: "",
  },
  {
    title: "Document",
    width: 20,
    value: (quote) => (ARTICLES.length > 1 ? articleName(ARTICLES[quote.document]) : ""),
    blank: "",
  },
];

function relationCell(edge) {
  const given = { class: "plain verb", style: { color: edgeColour(edge) }, title: edge.relation.gloss };
  return button(given, () => selectEdge(edge.id), edge.label);
}

function quoteCell(quote) {
  const open = () => showPassage(quote, { focus: quote.speaker, edge: null, path: null });
  return button({ class: "plain words full" }, open, quoted(quote));
}

const telling = (columns, rows) =>
  columns.filter(({ blank, value }) => blank === undefined || rows.some((row) => value(row) !== blank));

function compare(a, b) {
  return typeof a === "number" ? a - b : String(a).localeCompare(String(b), "en", { numeric: true });
}

function sortBy(place) {
  sorting.down = sorting.column === place && !sorting.down;
  sorting.column = place;
  drawView();
  byId("table").querySelectorAll("th button")[place].focus();
}

function tableHead(columns, sorted) {
  const direction = sorting.down ? "descending" : "ascending";
  const head = columns.map(({ title }, place) =>
    el(
      "th",
      { scope: "col", "aria-sort": place === sorted ? direction : "none" },
      button({}, () => sortBy(place), title),
    ),
  );
  return el("thead", {}, el("tr", {}, head));
}

function tableOf(rows, columns, caption) {
  const sorted = Math.min(sorting.column, columns.length - 1);
  const { value: key } = columns[sorted];
  const inOrder = [...rows].sort((a, b) => compare(key(a), key(b)) * (sorting.down ? -1 : 1));
  const body = inOrder.map((row) =>
    el(
      "tr",
      { class: row.id !== undefined && row.id === state.edge ? "chosen" : null },
      columns.map(({ value, show = value }) => el("td", { dir: "auto" }, show(row))),
    ),
  );
  const total = columns.reduce((sum, { width }) => sum + width, 0);
  const widths = columns.map(({ width }) => el("col", { style: { width: `${(100 * width) / total}%` } }));
  return el(
    "table",
    { class: state.view },
    el("caption", {}, caption),
    el("colgroup", {}, widths),
    tableHead(columns, sorted),
    el("tbody", {}, body),
  );
}

function drawRelations() {
  const rows = selected();
  const caption = partOf(rows.length, edges.size, "relation");
  byId("table").replaceChildren(tableOf(rows, telling(RELATION_COLUMNS, rows), caption));
}

function drawStatements() {
  const rows = selectedQuotes();
  const caption = partOf(rows.length, FACTS.quotes.length, "statement");
  byId("table").replaceChildren(tableOf(rows, telling(QUOTE_COLUMNS, rows), caption));
}

addView({ name: "relations", title: "Relations", key: "r", panel: "table", draw: drawRelations });
addView({ name: "statements", title: "Statements", key: "s", panel: "table", draw: drawStatements });
