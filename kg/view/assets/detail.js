// What the parts of the side panel have in common: signs, rows, long lists, the words of a passage.

const badge = (status) => el("span", { class: `badge ${status}` }, status);

const pill = (id) =>
  button(
    { class: "pill" },
    () => selectNode(id),
    el("img", { src: nodes.get(id).picture, alt: "" }),
    el("span", {}, nameParts(id)),
  );

/** The words of a passage with the names of these entities made bold. */
function emphasized(seen, ids) {
  const parts = [];
  let at = seen.start;
  for (const [start, end, id] of mentionsIn(ARTICLES[seen.document], seen.start, seen.end)) {
    if (start < at || end > seen.end || !ids.includes(id)) continue;
    parts.push(ARTICLES[seen.document].text.slice(at, start), el("b", {}, ARTICLES[seen.document].text.slice(start, end)));
    at = end;
  }
  return [...parts, ARTICLES[seen.document].text.slice(at, seen.end)];
}

const dayOfFact = (edge) => (edge.date ? el("time", {}, ` ${dateWords(edge.date)}`) : null);

/** A relation as it is read from one of its ends. */
const verbFrom = (edge, id) => (edge.symmetric || edge.source === id ? edge.label : `← ${edge.label}`);

const verb = (edge, words = edge.label) =>
  el("span", { class: "verb", style: { color: edgeColour(edge) }, title: edge.relation.gloss }, words);

function relationRow(edge, id) {
  return el(
    "li",
    {},
    button(
      { class: "row", title: "Show the words that say so" },
      () => selectEdge(edge.id),
      verb(edge, verbFrom(edge, id)),
      el("span", {}, nameParts(otherEnd(edge, id))),
      el("span", { class: "more" }, edge.status === "actual" ? null : badge(edge.status), dayOfFact(edge)),
    ),
  );
}

/** A fact in one line: who, what, whom, and how sure that is. */
function factRow(edge, ...notes) {
  return el(
    "li",
    {},
    button(
      { class: "row flow", title: "Show the words that say so" },
      () => selectEdge(edge.id),
      el("bdi", {}, nameOf(edge.source)),
      " ",
      verb(edge),
      " ",
      el("bdi", {}, nameOf(edge.target)),
      " ",
      el("span", { class: "more" }, edge.status === "actual" ? null : badge(edge.status), notes.filter(Boolean).map((note) => [" ", el("span", {}, note)])),
    ),
  );
}

function quoteRow(quote, ...above) {
  return el(
    "li",
    {},
    button(
      { class: "row quote", title: "Show in the article" },
      () => showPassage(quote),
      above,
      el("span", { dir: "auto" }, quoted(quote)),
      quote.page ? [" ", el("small", { class: "print" }, pageWords(quote))] : null,
    ),
  );
}

const FEW = 12; // rows of a list that is not unfolded
const unfolded = new Set(); // names of the lists that were asked for as a whole

/** Rows of which the first few are shown, with a button for the others. */
function some(name, items, rowOf, few = FEW, more = drawDetail) {
  const all = unfolded.has(name) || items.length <= few + 2; // "show 2 more" would take as much room
  const rows = (all ? items : items.slice(0, few)).map(rowOf);
  if (all) return rows;
  const open = () => {
    unfolded.add(name);
    more();
  };
  return [...rows, el("li", {}, button({ class: "plain act", "data-more": name }, open, `show all ${items.length}`))];
}

/** A small choice of which one is pressed. */
const choice = (label, options, chosen, choose) =>
  el(
    "span",
    { class: "choice", role: "group", "aria-label": label },
    Object.entries(options).map(([name, words]) =>
      button({ "aria-pressed": String(name === chosen), "data-choice": name }, () => choose(name), words),
    ),
  );
