// What is selected as data: tables for a spreadsheet, and all of it as JSON.

const FACT_CELLS = {
  subject: (edge) => nameOf(edge.source),
  relation: (edge) => edge.type,
  object: (edge) => nameOf(edge.target),
  status: (edge) => edge.status,
  title: (edge) => edge.title,
  former: (edge) => edge.former,
  date: (edge, seen) => seen.date,
  place: (edge, seen) => (seen.place === null ? null : nameOf(seen.place)),
  evidence: (edge, seen) => wordsOf(seen),
  document: (edge, seen) => ARTICLES[seen.document].id,
  start: (edge, seen) => codePoints(ARTICLES[seen.document].text, seen.start),
  end: (edge, seen) => codePoints(ARTICLES[seen.document].text, seen.end),
  score: (edge, seen) => seen.score,
  basis: (edge, seen) => seen.basis,
  page: (edge, seen) => seen.page,
  documents: (edge) => edge.documents,
  sources: (edge) => edge.sources, // the independent ones: copies of one story count once
};

const QUOTE_CELLS = {
  speaker: (quote) => nameOf(quote.speaker),
  words: (quote) => wordsOf(quote),
  kind: (quote) => quote.kind,
  verb: (quote) => quote.cue,
  addressee: (quote) => (quote.addressee === null ? null : nameOf(quote.addressee)),
  document: (quote) => ARTICLES[quote.document].id,
  start: (quote) => codePoints(ARTICLES[quote.document].text, quote.start),
  end: (quote) => codePoints(ARTICLES[quote.document].text, quote.end),
  page: (quote) => quote.page,
};

/** A CSV file with a line for each list of arguments of its columns. */
function saveTable(columns, lines, name) {
  const rows = lines.map((line) => Object.values(columns).map((valueOf) => valueOf(...line)));
  const text = [Object.keys(columns), ...rows].map((row) => row.map(cell).join(",")).join("\r\n");
  save(new Blob(["\ufeff", text], { type: "text/csv" }), name);
}

const saveFacts = () =>
  saveTable(FACT_CELLS, selected().flatMap((edge) => edge.evidence.map((seen) => [edge, seen])), "relations.csv");

const saveQuotes = () => saveTable(QUOTE_CELLS, selectedQuotes().map((quote) => [quote]), "statements.csv");

/** A passage of a document: which, where in it (counted in code points), and its words. */
const passageOf = (seen) => ({
  document: ARTICLES[seen.document].id,
  start: codePoints(ARTICLES[seen.document].text, seen.start),
  end: codePoints(ARTICLES[seen.document].text, seen.end),
  text: wordsOf(seen),
  ...(seen.page ? { page: seen.page } : {}),
});

const factOf = (edge) => ({
  subject: keyOf(edge.source),
  relation: edge.type,
  object: keyOf(edge.target),
  status: edge.status,
  former: edge.former,
  title: edge.title,
  evidence: edge.evidence.map((seen) => ({
    ...passageOf(seen),
    date: seen.date,
    place: keyOf(seen.place),
    score: seen.score,
    basis: seen.basis,
    by: seen.by,
  })),
});

const quoteOf = (quote) => ({
  speaker: keyOf(quote.speaker),
  kind: quote.kind,
  verb: quote.cue,
  addressee: keyOf(quote.addressee),
  ...passageOf(quote),
});

/**
 * What is selected: entities by their `id`, which facts and statements name; facts with status and
 * evidence; the documents that these are from. `link` says which view of the page it was.
 */
function dataNow() {
  const [facts, quotes] = [selected(), selectedQuotes()];
  const named = [
    ...facts.flatMap((edge) => [edge.source, edge.target, ...edge.evidence.map((seen) => seen.place)]),
    ...quotes.flatMap((quote) => [quote.speaker, quote.addressee]),
    ...(only() === null && state.path === null ? shown.nodes : [only()]),
  ];
  const kept = new Set(named.filter((id) => id !== null));
  const documents = new Set([...facts.flatMap((edge) => edge.evidence), ...quotes].map((seen) => seen.document));
  return {
    title: FACTS.title,
    link: linkNow(),
    entities: [...nodes.values()]
      .filter(({ id }) => kept.has(id))
      .map(({ key, iri, type, name, aliases, wikidata, iso3 }) => ({ id: key, iri, type, name, aliases, wikidata, iso3 })),
    facts: facts.map(factOf),
    statements: quotes.map(quoteOf),
    documents: [...documents]
      .sort((a, b) => a - b)
      .map((number) => ARTICLES[number])
      .map(({ id, title, author, date, url, publisher, licence }) => ({ id, title, author, date, url, publisher, licence })),
  };
}

const saveData = () =>
  save(new Blob([JSON.stringify(dataNow(), null, 1)], { type: "application/json" }), "graph.json");

// --- the menu

const WAYS = [
  ["png", "Picture", "PNG", savePicture],
  ["svg", "Drawing", "SVG, to change or print", saveDrawing],
  ["json", "Data", "JSON, with all evidence", saveData],
  ["csv", "Relations", "CSV, for a spreadsheet", saveFacts],
  ["quotes-csv", "Statements", "CSV, for a spreadsheet", saveQuotes],
];

function openExports(open, at = 0) {
  byId("exports").hidden = !open;
  byId("export").setAttribute("aria-expanded", String(open));
  if (open) byId("exports").children[at].focus();
}

byId("exports").append(
  ...WAYS.map(([id, name, form, act]) =>
    button(
      { id, role: "menuitem", tabindex: "-1" },
      () => {
        openExports(false);
        byId("export").focus();
        act();
      },
      el("b", {}, name),
      el("small", {}, form),
    ),
  ),
);

byId("export").addEventListener("click", () => openExports(byId("exports").hidden));
byId("export").addEventListener("keydown", (event) => {
  const at = { ArrowDown: 0, ArrowUp: WAYS.length - 1 }[event.key];
  if (at === undefined) return;
  event.preventDefault();
  event.stopPropagation();
  openExports(true, at);
});
byId("exports").addEventListener("keydown", (event) => {
  const own = [...byId("exports").children];
  const at = own.indexOf(document.activeElement);
  const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: own.length - 1 }[event.key];
  if (event.key === "Escape") {
    openExports(false);
    byId("export").focus();
  } else if (next !== undefined) own.at(next % own.length).focus();
  else return;
  event.preventDefault();
  event.stopPropagation();
});
byId("exports").addEventListener("focusout", (event) => {
  if (!byId("exports").parentNode.contains(event.relatedTarget)) openExports(false);
});
