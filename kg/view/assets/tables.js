// The same graph in rows: for reading, for the keyboard and for screen readers.

const sorting = { column: 0, down: false };

const cellButton = (act, ...children) => button({ class: "plain" }, act, ...children);

const placeOf = (edge) => {
  const seen = edge.evidence.find((one) => one.place !== null);
  return seen ? nameOf(seen.place) : "";
};

// Each column: heading, width in parts, what it is sorted by, what it shows.

function relationColumns(rows) {
  const columns = [
    [
      "Subject",
      18,
      (edge) => nameOf(edge.source),
      (edge) => cellButton(() => selectNode(edge.source), nameOf(edge.source)),
    ],
    [
      "Relation",
      14,
      (edge) => edge.label,
      (edge) =>
        button(
          { class: "plain verb", style: { color: edgeColour(edge) } },
          () => selectEdge(edge.id),
          edge.label,
        ),
    ],
    [
      "Object",
      18,
      (edge) => nameOf(edge.target),
      (edge) => cellButton(() => selectNode(edge.target), nameOf(edge.target)),
    ],
    ["Status", 11, (edge) => FACTS.statuses.indexOf(edge.status), (edge) => badge(edge.status)],
    ["When", 12, (edge) => edge.date || "", (edge) => edge.date || ""],
    ["Where", 11, placeOf, placeOf],
    [
      "The words that say so",
      30,
      (edge) => wordsOf(edge.evidence[0]),
      (edge) => el("span", { class: "words" }, wordsOf(edge.evidence[0])),
    ],
    ["Documents", 10, (edge) => edge.documents, (edge) => String(edge.documents)],
  ];
  const empty = (column) => rows.length && rows.every((edge) => ["", 1].includes(column[2](edge)));
  return columns.filter((column, place) => place < 4 || !empty(column));
}

function quoteColumns(rows) {
  const open = (quote) =>
    change("select", {
      article: quote.document,
      passage: [quote.start, quote.end],
      focus: quote.speaker,
      edge: null,
    });
  const hearer = (quote) => (quote.addressee === null ? "" : nameOf(quote.addressee));
  const document = (quote) => articleName(ARTICLES[quote.document]);
  const columns = [
    [
      "Speaker",
      18,
      (quote) => nameOf(quote.speaker),
      (quote) => cellButton(() => selectNode(quote.speaker), nameOf(quote.speaker)),
    ],
    [
      "Words",
      46,
      (quote) => wordsOf(quote),
      (quote) =>
        button(
          { class: "plain words full" },
          () => open(quote),
          quote.kind === "direct" ? `“${wordsOf(quote)}”` : wordsOf(quote),
        ),
    ],
    ["Kind", 11, (quote) => quote.kind, (quote) => quote.kind],
    ["Verb", 15, (quote) => quote.cue, (quote) => quote.cue],
    ["To", 14, hearer, hearer],
    ["Document", 20, document, document],
  ];
  const empty = (column) => rows.every((quote) => column[2](quote) === column[2](rows[0]));
  return columns.filter((column, place) => place < 3 || !empty(column));
}

function compare(a, b) {
  return typeof a === "number" ? a - b : String(a).localeCompare(String(b), "en", { numeric: true });
}

function drawTable() {
  const isGraph = state.view === "graph";
  byId("graph").hidden = !isGraph;
  byId("table").hidden = isGraph;
  for (const name of ["graph", "relations", "statements"])
    byId(`view-${name}`).setAttribute("aria-selected", String(state.view === name));
  if (isGraph) return;
  const ofRelations = state.view === "relations";
  const rows = ofRelations
    ? [...edges.values()].filter((edge) => shown.edges.has(edge.id))
    : FACTS.quotes.filter((quote) => shown.nodes.has(quote.speaker));
  const columns = ofRelations ? relationColumns(rows) : quoteColumns(rows);
  const column = Math.min(sorting.column, columns.length - 1);
  const value = columns[column][2];
  const sorted = [...rows].sort((a, b) => compare(value(a), value(b)) * (sorting.down ? -1 : 1));
  const resort = (place) => {
    sorting.down = sorting.column === place && !sorting.down;
    sorting.column = place;
    drawTable();
    byId("table").querySelectorAll("th button")[place].focus();
  };
  const head = columns.map(([title], place) =>
    el(
      "th",
      { scope: "col", "aria-sort": place === column ? (sorting.down ? "descending" : "ascending") : "none" },
      button({}, () => resort(place), title),
    ),
  );
  const body = sorted.map((row) =>
    el(
      "tr",
      { class: ofRelations && row.id === state.edge ? "chosen" : null },
      columns.map(([, , , show]) => el("td", { dir: "auto" }, show(row))),
    ),
  );
  const total = columns.reduce((sum, [, width]) => sum + width, 0);
  const caption = ofRelations
    ? partOf(rows.length, edges.size, "relation")
    : count(rows.length, "statement");
  byId("table").replaceChildren(
    el(
      "table",
      { class: state.view },
      el("caption", {}, caption),
      el(
        "colgroup",
        {},
        columns.map(([, width]) => el("col", { style: { width: `${(100 * width) / total}%` } })),
      ),
      el("thead", {}, el("tr", {}, head)),
      el("tbody", {}, body),
    ),
  );
}
