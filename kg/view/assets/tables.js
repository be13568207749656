// The same graph in rows: for reading, for the keyboard and for screen readers.

const sorting = { column: 0, down: false };

const cellButton = (act, ...children) => button({ class: "plain" }, act, ...children);

function relationColumns() {
  return [
    ["Subject", (edge) => nameOf(edge.source), (edge) => cellButton(() => selectNode(edge.source), nameOf(edge.source))],
    ["Relation", (edge) => edge.label, (edge) => button({ class: "plain verb", style: { color: edgeColour(edge) } }, () => selectEdge(edge.id), edge.label)],
    ["Object", (edge) => nameOf(edge.target), (edge) => cellButton(() => selectNode(edge.target), nameOf(edge.target))],
    ["Status", (edge) => FACTS.statuses.indexOf(edge.status), (edge) => badge(edge.status)],
    ["Date", (edge) => edge.date || "", (edge) => edge.date || ""],
    ["Place", (edge) => placeOf(edge), (edge) => placeOf(edge)],
    ["The words that say so", (edge) => wordsOf(edge.evidence[0]), (edge) => el("span", { class: "words" }, wordsOf(edge.evidence[0]))],
    ["Documents", (edge) => edge.documents, (edge) => String(edge.documents)],
  ];
}

const placeOf = (edge) => {
  const seen = edge.evidence.find((one) => one.place !== null);
  return seen ? nameOf(seen.place) : "";
};

function quoteColumns() {
  const open = (quote) => change("select", { article: quote.document, passage: [quote.start, quote.end], focus: quote.speaker, edge: null });
  return [
    ["Speaker", (quote) => nameOf(quote.speaker), (quote) => cellButton(() => selectNode(quote.speaker), nameOf(quote.speaker))],
    ["Words", (quote) => wordsOf(quote), (quote) => button({ class: "plain words full" }, () => open(quote), quote.kind === "direct" ? `“${wordsOf(quote)}”` : wordsOf(quote))],
    ["Kind", (quote) => quote.kind, (quote) => quote.kind],
    ["To", (quote) => (quote.addressee === null ? "" : nameOf(quote.addressee)), (quote) => (quote.addressee === null ? "" : nameOf(quote.addressee))],
    ["Verb", (quote) => quote.cue, (quote) => quote.cue],
    ["Document", (quote) => quote.document, (quote) => ARTICLES[quote.document].title],
  ];
}

function compare(a, b) {
  return typeof a === "number" ? a - b : String(a).localeCompare(String(b), "en", { numeric: true });
}

function drawTable() {
  const isGraph = state.view === "graph";
  byId("graph").hidden = !isGraph;
  byId("table").hidden = isGraph;
  for (const name of ["graph", "relations", "statements"]) byId(`view-${name}`).setAttribute("aria-selected", String(state.view === name));
  if (isGraph) return;
  const ofRelations = state.view === "relations";
  const columns = ofRelations ? relationColumns() : quoteColumns();
  const rows = ofRelations ? [...edges.values()].filter((edge) => shown.edges.has(edge.id)) : FACTS.quotes.filter((quote) => shown.nodes.has(quote.speaker));
  const column = Math.min(sorting.column, columns.length - 1);
  const value = columns[column][1];
  const sorted = sorting.column < 0 ? rows : [...rows].sort((a, b) => compare(value(a), value(b)) * (sorting.down ? -1 : 1));
  const resort = (place) => {
    sorting.down = sorting.column === place && !sorting.down;
    sorting.column = place;
    drawTable();
    byId("table").querySelectorAll("th button")[place].focus();
  };
  const head = columns.map(([title], place) =>
    el("th", { scope: "col", "aria-sort": place === sorting.column ? (sorting.down ? "descending" : "ascending") : "none" }, button({}, () => resort(place), title)),
  );
  const body = sorted.map((row) =>
    el("tr", { class: ofRelations && row.id === state.edge ? "chosen" : null }, columns.map(([, , show]) => el("td", { dir: "auto" }, show(row)))),
  );
  const caption = ofRelations ? `${count(rows.length, "relation")} of ${edges.size}` : count(rows.length, "statement");
  byId("table").replaceChildren(
    el("table", { class: state.view }, el("caption", {}, caption), el("thead", {}, el("tr", {}, head)), el("tbody", {}, body)),
  );
}
