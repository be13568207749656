// What is selected: who it is and what is said of it, or a relation with every document that says it.

const badge = (status) => el("span", { class: `badge ${status}` }, status);

const pill = (id) =>
  button(
    { class: "pill" },
    () => selectNode(id),
    el("img", { src: nodes.get(id).picture, alt: "" }),
    el("span", { dir: "auto" }, nameOf(id)),
  );

/** The words of a passage with the names of these entities made bold. */
function emphasized(seen, ids) {
  const { text, mentions } = ARTICLES[seen.document];
  const parts = [];
  let at = seen.start;
  for (const [start, end, id] of mentions) {
    if (start < at || end > seen.end || !ids.includes(id)) continue;
    parts.push(text.slice(at, start), el("b", {}, text.slice(start, end)));
    at = end;
  }
  return [...parts, text.slice(at, seen.end)];
}

const articleName = (article) => [article.title, article.publisher, article.date].filter(Boolean).join(" · ");

/** How many documents say so, and how many of them are no copies of others. */
function support(edge) {
  if (edge.documents === 1) return "The words that say so";
  const copies = edge.sources < edge.documents ? `, ${edge.sources} independent` : "";
  return `${edge.documents} documents say so${copies}`;
}

function evidence(edge, seen) {
  const article = ARTICLES[seen.document];
  const several = edge.evidence.length > 1; // of one alone, date and place stand above it
  const notes = [
    several && seen.date ? `date: ${seen.date}` : null,
    several && seen.place !== null ? `place: ${nameOf(seen.place)}` : null,
    seen.basis === "background" ? "from background knowledge" : null,
    seen.score < 1 ? `score ${seen.score.toFixed(2)}` : null,
    seen.by ? `found by ${seen.by}` : null,
  ].filter(Boolean);
  return el(
    "li",
    {},
    el("blockquote", { dir: "auto" }, emphasized(seen, [edge.source, edge.target])),
    el(
      "p",
      { class: "source" },
      button({ class: "plain", title: "Show in the article" }, () => showPassage(seen), articleName(article)),
      notes.length ? ` · ${notes.join(" · ")}` : null,
    ),
  );
}

function edgeDetail(edge) {
  const way = edge.symmetric ? "↔" : "→";
  const places = [...new Set(edge.evidence.map((seen) => seen.place).filter((place) => place !== null))];
  const when = edge.date ? el("span", {}, edge.date) : null;
  const where = places.map((place) =>
    el(
      "span",
      {},
      "in ",
      button({ class: "plain" }, () => selectNode(place), nameOf(place)),
    ),
  );
  return [
    el(
      "div",
      { class: "fact" },
      pill(edge.source),
      el(
        "span",
        { class: "verb", style: { color: edgeColour(edge) }, title: edge.relation.gloss },
        `${edge.label} ${way}`,
      ),
      pill(edge.target),
    ),
    el("p", { class: "facts" }, badge(edge.status), el("span", {}, statusWords[edge.status]), when, where),
    el("h3", {}, support(edge)),
    el(
      "ul",
      { class: "evidence" },
      edge.evidence.map((seen) => evidence(edge, seen)),
    ),
  ];
}

/** The date of a fact, unless it is words like "shortly before". */
const dayOfFact = (edge) => (/^\d/.test(edge.date || "") ? el("time", {}, ` ${edge.date}`) : null);

/** A relation as it is read from one of its ends. */
const verbFrom = (edge, id) => (edge.symmetric || edge.source === id ? edge.label : `← ${edge.label}`);

function relationRow(edge, id) {
  return el(
    "li",
    {},
    button(
      { class: "row", title: "Show the words that say so" },
      () => selectEdge(edge.id),
      el("span", { class: "verb", style: { color: edgeColour(edge) } }, verbFrom(edge, id)),
      el("span", { dir: "auto" }, nameOf(otherEnd(edge, id))),
      el("span", { class: "more" }, edge.status === "actual" ? null : badge(edge.status), dayOfFact(edge)),
    ),
  );
}

/** What is said of an entity, one row for each relation, direction and status. */
function relationGroups(seen, id) {
  const groups = new Map();
  for (const edge of seen) {
    const verb = verbFrom(edge, id);
    const key = JSON.stringify([verb, edge.type, edge.status]);
    if (!groups.has(key)) groups.set(key, { verb, edge, members: [] });
    groups.get(key).members.push(edge);
  }
  const name = (edge) =>
    button(
      { class: "plain", dir: "auto", title: "Show the words that say so" },
      () => selectEdge(edge.id),
      nameOf(otherEnd(edge, id)),
    );
  return [...groups.values()].map(({ verb, edge, members }) =>
    el(
      "li",
      { class: "row" },
      el("span", { class: "verb", style: { color: edgeColour(edge) } }, verb),
      el(
        "span",
        { class: "names" },
        members.map((member, place) => [place ? ", " : null, name(member), dayOfFact(member)]),
      ),
      edge.status === "actual" ? null : badge(edge.status),
    ),
  );
}

function quoteRow(quote) {
  const given = { class: "row quote", title: "Show in the article", dir: "auto" };
  return el(
    "li",
    {},
    button(given, () => showPassage(quote), quoted(quote)),
  );
}

/** Who it is: name, offices held, other names, identity elsewhere. */
function nodeHead(node) {
  const held = node.edges
    .filter((edge) => edge.source === node.id && edge.title && edge.status === "actual")
    .map((edge) => `${edge.former ? "former " : ""}${edge.title}, ${nameOf(edge.target)}`);
  const also = node.aliases.filter((name) => fold(name) !== fold(node.name)).slice(0, 8);
  const page = `https://www.wikidata.org/wiki/${node.wikidata}`;
  return [
    el(
      "div",
      { class: "who" },
      el("img", { src: node.picture, alt: "" }),
      el(
        "div",
        {},
        el("h2", { dir: "auto" }, node.name),
        el("p", { dir: "auto" }, [types.get(node.type).label, ...held].join(" · ")),
      ),
    ),
    also.length ? el("p", { class: "also", dir: "auto" }, `also: ${also.join(", ")}`) : null,
    el(
      "p",
      { class: "facts" },
      el("span", {}, `${count(node.degree, "relation")}, ${count(node.mentions, "mention")}`),
      node.wikidata ? link(page, `Wikidata ${node.wikidata}`) : null,
      node.iso3 ? el("span", {}, `ISO ${node.iso3}`) : null,
      node.iri ? el("code", { title: "Its name in the RDF graph" }, node.iri) : null,
    ),
  ];
}

/** What is said of it: the relations that the filters leave, and the way to its neighbours. */
function nodeRelations(node) {
  if (!node.edges.length) return [];
  const order = new Map(FACTS.relations.map((relation, place) => [relation.name, place]));
  const seen = node.edges
    .filter((edge) => shown.edges.has(edge.id))
    .sort((a, b) => order.get(a.type) - order.get(b.type) || (a.date || "").localeCompare(b.date || ""));
  const hidden = node.edges.length - seen.length;
  const alone = state.around === node.id;
  return [
    el("ul", { class: "rows" }, relationGroups(seen, node.id)),
    hidden ? el("p", { class: "facts" }, `${hidden} more hidden by filters`) : null,
    el(
      "p",
      { class: "facts" },
      button(
        { class: "plain act", title: "Double-click in the graph does the same" },
        () => showAround(alone ? null : node.id),
        alone ? "Show the whole graph again" : "Show only direct neighbours",
      ),
    ),
  ];
}

/** The documents that name it, where there are several. */
function nodeDocuments(node) {
  if (ARTICLES.length < 2) return [];
  const rows = ARTICLES.flatMap((article, number) => {
    const times = article.mentions.filter((mention) => mention[2] === node.id).length;
    if (!times) return [];
    const open = () => change("select", { article: number, passage: null });
    const name = el("span", { dir: "auto" }, articleName(article));
    return [el("li", {}, button({ class: "row" }, open, name, el("span", { class: "more" }, String(times))))];
  });
  return [el("h3", {}, count(rows.length, "document")), el("ul", { class: "rows" }, rows)];
}

function nodeDetail(node) {
  return [
    nodeHead(node),
    nodeRelations(node),
    node.quotes.length ? el("h3", {}, `Says (${node.quotes.length})`) : null,
    node.quotes.length ? el("ul", { class: "rows" }, node.quotes.map(quoteRow)) : null,
    nodeDocuments(node),
  ];
}

function nothingSelected() {
  if (!nodes.size) return [el("p", { class: "hint" }, "Nothing was found in these documents to draw.")];
  const top = ranked.filter((node) => shown.nodes.has(node.id)).slice(0, 6);
  return [
    el("p", { class: "hint" }, "Click a name or a line to see the words that say so. Best connected:"),
    el(
      "div",
      { class: "pills" },
      top.map((node) => pill(node.id)),
    ),
  ];
}

function drawDetail() {
  const detail = byId("detail");
  const parts =
    state.path !== null
      ? pathDetail(state.path)
      : state.edge !== null
        ? edgeDetail(edges.get(state.edge))
        : state.focus !== null
          ? nodeDetail(nodes.get(state.focus))
          : nothingSelected();
  detail.replaceChildren(...parts.flat(Infinity).filter(Boolean));
  detail.scrollTop = 0;
}
