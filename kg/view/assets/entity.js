// An entity: who it is, what is said of it by relation or by the other end, its words, its documents.

const sides = { by: "relation" }; // how relations are grouped: by relation or by the other end

/** The offices somebody holds or held, those most often said first. */
const officesOf = (node) =>
  node.edges
    .filter((edge) => edge.source === node.id && edge.title && edge.status !== "negated")
    .sort((a, b) => a.former - b.former || b.documents - a.documents);

const officeWords = (edge) => {
  const sure = edge.status === "actual" ? "" : ` (${edge.status})`;
  const since = edge.date ? ` (${dateWords(edge.date)})` : "";
  return `${edge.former ? "former " : ""}${edge.title}, ${nameOf(edge.target)}${since}${sure}`;
};

const copyLink = () =>
  button({ class: "act-button" }, (event) => takeLink(event.currentTarget), "Copy link");

/** Choose the other end of a path by its name. */
function pathTo(node) {
  const found = el("ul", { class: "rows", id: "path-hits" });
  const open = (id) => showPath(node.id, id);
  const list = () => {
    const query = fold(input.value.trim());
    const hits = query ? findNodes(query).filter(({ id }) => id !== node.id) : [];
    found.replaceChildren(
      ...hits.map(({ id }) => el("li", {}, button({ class: "row flow", "data-end": id }, () => open(id), nameParts(id)))),
    );
  };
  const input = el("input", {
    type: "search",
    placeholder: "Path to…",
    "aria-label": `Path from ${node.name} to`,
    autocomplete: "off",
    on: {
      input: list,
      keydown: (event) => {
        const first = found.querySelector("button");
        if (event.key !== "Enter" || !first) return;
        event.preventDefault();
        first.click();
      },
    },
  });
  return [input, found];
}

/** Who it is: name, offices held, other names, identity elsewhere. */
function nodeHead(node) {
  const also = node.aliases.filter((name) => fold(name) !== fold(node.name) && name !== node.called).slice(0, 8);
  const offices = officesOf(node);
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
        el("p", {}, types.get(node.type).label, twins().has(node.id) ? el("bdi", {}, ` · ${twins().get(node.id)}`) : null),
      ),
    ),
    offices.length
      ? el(
          "ul",
          { class: "offices" },
          some("offices", offices, (edge) =>
            el("li", {}, button({ class: "plain", title: "Show the words that say so" }, () => selectEdge(edge.id), el("bdi", {}, officeWords(edge)))), 3),
        )
      : null,
    node.called ? el("p", { class: "also" }, el("span", {}, "called ", el("q", { dir: "auto" }, node.called), " in the text")) : null,
    also.length ? el("p", { class: "also" }, "also: ", also.map((name, place) => [place ? ", " : null, el("bdi", {}, name)])) : null,
    node.body ? el("p", { class: "also" }, "of ", pill(node.body)) : null,
    el(
      "p",
      { class: "facts" },
      el("span", {}, `${count(node.degree, "relation")}, ${count(node.mentions, "mention")}`),
      node.wikidata ? link(page, `Wikidata ${node.wikidata}`) : null,
      node.iso3 ? el("span", {}, `ISO ${node.iso3}`) : null,
      node.iri ? el("code", { title: "Its name in the RDF graph" }, node.iri) : null,
    ),
    el(
      "div",
      { class: "acts" },
      node.edges.length
        ? button(
            { class: "act-button", title: "Double-click in the graph does the same" },
            () => showAround(state.around === node.id ? null : node.id),
            state.around === node.id ? "Show the whole graph again" : "Only neighbours",
          )
        : null,
      copyLink(),
      moreAbout(node),
      node.edges.length ? pathTo(node) : null,
    ),
  ];
}

const provenBy = (edge, ...words) =>
  button({ class: "plain", title: "Show the words that say so" }, () => selectEdge(edge.id), words);

/** The day of a fact, unless the name beside it tells it already. */
const dayBeside = (edge, id) => (nameOf(otherEnd(edge, id)).includes(dateWords(edge.date)) ? null : dayOfFact(edge));

/** What is said of an entity, one row for each relation, direction and status. */
function relationGroups(seen, id) {
  const groups = groupBy(seen, (edge) => JSON.stringify([verbFrom(edge, id), edge.type, edge.status]));
  return [...groups].map(([key, members]) =>
    el(
      "li",
      { class: "row" },
      verb(members[0], verbFrom(members[0], id)),
      members.length > 1 ? el("span", { class: "number" }, String(members.length)) : null,
      members[0].status === "actual" ? null : badge(members[0].status),
      el(
        "ul",
        { class: `names${members.some((edge) => nameOf(otherEnd(edge, id)).length > 30) ? " lines" : ""}` },
        some(key, members, (edge) => el("li", {}, provenBy(edge, nameParts(otherEnd(edge, id))), dayBeside(edge, id))),
      ),
    ),
  );
}

/** What is said of an entity, one row for each other end, those with most between them first. */
function endGroups(seen, id) {
  const groups = [...groupBy(seen, (edge) => otherEnd(edge, id))].sort((a, b) => b[1].length - a[1].length);
  return some("ends", groups, ([other, members]) =>
    el(
      "li",
      { class: "row" },
      pill(other),
      el(
        "ul",
        { class: "names" },
        some(other, members, (edge) =>
          el("li", {}, provenBy(edge, verb(edge, verbFrom(edge, id))), edge.status === "actual" ? null : badge(edge.status), dayOfFact(edge)),
        ),
      ),
    ),
  );
}

/** What is said of it: the relations that the filters leave. */
function nodeRelations(node) {
  if (!node.edges.length) return [];
  const order = new Map(FACTS.relations.map((relation, place) => [relation.name, place]));
  const seen = node.edges
    .filter((edge) => shown.edges.has(edge.id))
    .sort((a, b) => order.get(a.type) - order.get(b.type) || before(a.date || "", b.date || ""));
  const hidden = node.edges.length - seen.length;
  const choose = (by) => {
    sides.by = by;
    drawDetail();
  };
  const many = seen.length > FEW;
  return [
    el(
      "h3",
      {},
      el("span", {}, `Relations (${seen.length})`),
      many ? choice("Group relations by", { relation: "by relation", end: "by who" }, sides.by, choose) : null,
    ),
    el("ul", { class: "rows" }, many && sides.by === "end" ? endGroups(seen, node.id) : relationGroups(seen, node.id)),
    hidden ? el("p", { class: "facts" }, `${hidden} more hidden by filters`) : null,
  ];
}

/** The documents that name it, where there are several. */
function nodeDocuments(node) {
  if (ARTICLES.length < 2) return [];
  const rows = [...documentsOf(node.id)];
  return [
    el("h3", {}, count(rows.length, "document")),
    el(
      "ul",
      { class: "rows" },
      some("documents", rows, ([number, times]) =>
        el(
          "li",
          {},
          button(
            { class: "row flow", title: "Show the article", "data-document": number },
            () => change("select", { article: number, passage: null }),
            articleParts(ARTICLES[number]),
            el("span", { class: "more" }, count(times, "time")),
          ),
        ),
      ),
    ),
  ];
}

function nodeDetail(node) {
  return [
    nodeHead(node),
    nodeRelations(node),
    node.quotes.length ? el("h3", {}, `Says (${node.quotes.length})`) : null,
    node.quotes.length ? el("ul", { class: "rows" }, some("says", node.quotes, (quote) => quoteRow(quote))) : null,
    nodeDocuments(node),
  ];
}
