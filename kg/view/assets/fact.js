// A relation: whether it is so, when and where, and every document's own words for it.

const sidesOf = (edge) => `${edge.source} ${edge.type} ${edge.target} ${edge.former}`;
const bySides = once(() => groupBy(edges.values(), sidesOf));

/** The same who, what and whom with another status: what others plan, suppose or deny. */
const otherSides = (edge) => bySides().get(sidesOf(edge)).filter((other) => other !== edge);

/** The words that are shown at present: those chosen, or else the first of the open article. */
function currentOf(edge) {
  const here = edge.evidence.filter((seen) => seen.document === state.article);
  const chosen = ([start, end]) => here.find((seen) => seen.start === start && seen.end === end);
  return (state.passage && chosen(state.passage)) || here[0] || null;
}

function evidence(edge, seen) {
  const article = ARTICLES[seen.document];
  const differs = (value) => new Set(edge.evidence.map(value)).size > 1; // else it stands above all
  const original = ARTICLES[article.story];
  const copied = edge.evidence.some((other) => other.document === article.story && other !== seen);
  const notes = [
    seen.date && differs(({ date }) => date) ? `date: ${dateWords(seen.date)}` : null,
    seen.place !== null && differs(({ place }) => place) ? `place: ${nameOf(seen.place)}` : null,
    copied && original !== article ? `same story as “${original.title}”` : null,
    seen.basis === "background" ? "from background knowledge" : null,
  ].filter(Boolean);
  const print = [
    `score ${seen.score.toFixed(2)}`,
    seen.by ? `found by ${seen.by}` : null,
  ].filter(Boolean);
  return el(
    "li",
    { class: seen === currentOf(edge) ? "current" : null },
    el("blockquote", { dir: "auto" }, emphasized(seen, [edge.source, edge.target])),
    el(
      "p",
      { class: "source" },
      button({ class: "plain", title: "Show in the article" }, () => showPassage(seen), articleParts(article)),
      [pageWords(seen), ...notes].filter(Boolean).map((note) => [" · ", el("bdi", {}, note)]),
      " ",
      el("small", { class: "print" }, print.join(" · ")),
    ),
  );
}

/** Back and forth through the places of the text that prove the selection. */
function evidenceSteps(list, at) {
  if (list.length < 2) return null;
  return el(
    "span",
    { class: "steps-through" },
    button({ "aria-label": "Previous place (K)", title: "Previous place (K)" }, () => stepThrough(-1), "‹"),
    el("span", {}, `${at + 1} of ${list.length}`),
    button({ "aria-label": "Next place (J)", title: "Next place (J)" }, () => stepThrough(1), "›"),
  );
}

/** Go to the next or previous place of the text: words of a fact, mentions of an entity, facts. */
function stepThrough(way) {
  const next = (list, at) => list[(at + way + list.length) % list.length];
  if (state.edge !== null) {
    const edge = edges.get(state.edge);
    showPassage(next(edge.evidence, edge.evidence.indexOf(currentOf(edge))));
  } else if (state.focus !== null) {
    const places = [...documentsOf(state.focus).keys()].flatMap((document) =>
      ARTICLES[document].mentions
        .filter((mention) => mention[2] === state.focus)
        .map(([start, end]) => ({ document, start, end })),
    );
    const here = (place) => place.document === state.article && place.start === (state.passage || [])[0];
    const first = places.findIndex((place) => place.document === state.article);
    const at = places.findIndex(here);
    if (places.length) showPassage(at < 0 && way > 0 ? places[Math.max(first, 0)] : next(places, Math.max(at, 0)));
  } else if (ARTICLES.length && told()[state.article].facts.length) {
    const { facts } = told()[state.article];
    const passed = state.passage ? firstWhere(facts, ({ seen }) => seen.start >= state.passage[0]) : 0;
    selectEdge(next(facts, way > 0 ? passed - 1 : passed).edge.id);
  }
}

function edgeDetail(edge) {
  const way = edge.symmetric ? "↔" : "→";
  const places = [...new Set(edge.evidence.map((seen) => seen.place).filter((place) => place !== null))];
  const dates = [...new Set(edge.evidence.map((seen) => seen.date).filter(Boolean))];
  const where = places.map((place) =>
    el(
      "span",
      {},
      "in ",
      button({ class: "plain" }, () => selectNode(place), el("bdi", {}, nameOf(place))),
    ),
  );
  const others = otherSides(edge);
  const words = reported(edge);
  return [
    el("h2", { class: "unseen" }, sentence(edge)),
    el("div", { class: "fact" }, pill(edge.source), verb(edge, `${edge.label} ${way}`), pill(edge.target)),
    el(
      "p",
      { class: "facts" },
      badge(edge.status),
      el("span", {}, statusWords[edge.status]),
      dates.map((date) => el("time", {}, dateWords(date))),
      where,
    ),
    el(
      "h3",
      {},
      el("span", {}, ARTICLES.length > 1 ? words[0].toUpperCase() + words.slice(1) : "The words that say so"),
      evidenceSteps(edge.evidence, edge.evidence.indexOf(currentOf(edge))),
    ),
    el("ul", { class: "evidence" }, some("evidence", edge.evidence, (seen) => evidence(edge, seen))),
    others.length ? el("h3", {}, "Others say") : null,
    others.length
      ? el("ul", { class: "rows" }, others.map((other) => factRow(other, ARTICLES.length > 1 ? reported(other) : null)))
      : null,
    el("div", { class: "acts" }, copyLink()),
  ];
}
