// Search over names, aliases, relations and the text of the articles.

const search = { hits: [], at: 0 };

// Indexes of 20,000 names take a while, and not every reader searches.
const nodeIndex = once(() =>
  ranked.map((node) => ({
    node,
    names: [node.name, ...node.aliases].map((name) => ({ name, folded: fold(name) })),
  })),
);

/** Sentences are put together from names and labels folded once: a name stands in many of them. */
const edgeIndex = once(() => {
  const known = new Map();
  const foldOnce = (text) => known.get(text) ?? known.set(text, fold(text)).get(text);
  return [...edges.values()].map((edge) => ({ edge, folded: sentence(edge, foldOnce) }));
});
const textIndex = once(() => ARTICLES.map((article) => fold(article.text)));
const titleIndex = once(() => ARTICLES.map((article) => fold(articleName(article))));

/** How well a name answers: whole, from its start, from the start of a word, inside; or not. */
function quality(folded, query) {
  if (folded === query) return 0;
  if (folded.startsWith(query)) return 1;
  const at = folded.indexOf(query);
  if (at < 0) return Infinity;
  return /[\s\-'"(]/.test(folded[at - 1]) ? 2 : 3;
}

function findNodes(query) {
  const found = [];
  for (const { node, names } of nodeIndex()) {
    let best = null;
    names.forEach(({ name, folded: known }, place) => {
      const score = quality(known, query) + (place ? 0.5 : 0);
      if (score < (best?.score ?? Infinity)) best = { node, name, score };
    });
    if (best) found.push(best);
  }
  return found
    .sort((a, b) => a.score - b.score)
    .slice(0, 7)
    .map(({ node, name }) => ({
      group: "Entities",
      id: node.id,
      open: () => selectNode(node.id),
      content: [
        el("img", { src: node.picture, alt: "" }),
        el("span", { dir: "auto" }, node.name, name === node.name ? null : el("small", {}, ` ${name}`)),
        el("small", {}, types.get(node.type).label),
      ],
    }));
}

function findEdges(query) {
  const words = query.split(/\s+/);
  const found = [];
  for (const hit of edgeIndex()) {
    if (words.every((word) => hit.folded.includes(word))) found.push(hit);
    if (found.length === 6) break;
  }
  return found
    .map(({ edge }) => ({
      group: "Relations",
      open: () => selectEdge(edge.id),
      content: [
        statusLine(edge.status),
        el(
          "span",
          { dir: "auto" },
          `${nameOf(edge.source)} `,
          el("b", { style: { color: edgeColour(edge) } }, edge.label),
          ` ${nameOf(edge.target)}`,
        ),
        edge.status === "actual" ? null : badge(edge.status),
      ],
    }));
}

function findText(query) {
  const hits = [];
  textIndex().forEach((folded, number) => {
    for (
      let at = folded.indexOf(query);
      at >= 0 && hits.length < 5;
      at = folded.indexOf(query, at + query.length)
    ) {
      const { text } = ARTICLES[number];
      const [start, end] = [at, at + query.length];
      const before = text.slice(Math.max(0, start - 32), start).replace(/\s+/g, " ");
      const after = text.slice(end, end + 44).replace(/\s+/g, " ");
      hits.push({
        group: "Text",
        open: () => showPassage({ document: number, start, end }, { focus: null, edge: null, path: null }),
        content: [
          el(
            "span",
            { class: "snippet", dir: "auto" },
            `…${before}`,
            el("mark", {}, text.slice(start, end)),
            `${after}…`,
          ),
        ],
      });
    }
  });
  return hits;
}

function findDocuments(query) {
  return titleIndex()
    .map((title, number) => ({ title, number }))
    .filter(({ title }) => title.includes(query))
    .slice(0, 4)
    .map(({ number }) => ({
      group: "Documents",
      open: () => openDocument(number),
      content: [el("span", { dir: "auto" }, articleName(ARTICLES[number]))],
    }));
}

/** The way to see, in every view, only what has the words. */
const onlyWith = (words) => ({
  group: "Everywhere",
  open: () => change("filter", { words, focus: null, edge: null, path: null }),
  content: [el("span", { dir: "auto" }, `Show only relations with “${words}”`)],
});

function drawHits() {
  const query = fold(byId("query").value.trim());
  const list = byId("hits");
  search.hits = query
    ? [
        ...findNodes(query),
        ...findEdges(query),
        ...(query.length > 1 ? [...findText(query), ...findDocuments(query)] : []),
      ]
    : [];
  if (search.hits.length && query.length > 1) search.hits.push(onlyWith(byId("query").value.trim()));
  search.at = 0;
  const parts = [];
  search.hits.forEach((hit, place) => {
    if (hit.group !== search.hits[place - 1]?.group)
      parts.push(el("div", { class: "group", role: "presentation" }, hit.group));
    const row = el("div", { class: "hit", role: "option", id: `hit-${place}` }, hit.content);
    row.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      openHit(place);
    });
    parts.push(row);
  });
  if (query && !parts.length)
    parts.push(el("div", { class: "group" }, "Nothing found. Try a name, a relation or a word of the text."));
  list.replaceChildren(...parts);
  list.hidden = !query;
  byId("query").setAttribute("aria-expanded", String(Boolean(query)));
  markHit();
}

function markHit() {
  search.hits.forEach((_, place) => {
    const row = byId(`hit-${place}`);
    row.setAttribute("aria-selected", String(place === search.at));
    if (place === search.at) row.scrollIntoView({ block: "nearest" });
  });
  byId("query").setAttribute("aria-activedescendant", search.hits.length ? `hit-${search.at}` : "");
}

function closeHits() {
  byId("hits").hidden = true;
  byId("query").setAttribute("aria-expanded", "false");
}

function openHit(place) {
  const hit = search.hits[place];
  if (!hit) return;
  closeHits();
  byId(state.view === "graph" ? "network" : views.get(state.view).panel).focus();
  hit.open();
}

/** Make what is searched while the reader still thinks of a word. */
const prepare = once(() => {
  for (const index of [nodeIndex, edgeIndex, textIndex, titleIndex]) (window.requestIdleCallback || setTimeout)(index);
});

byId("query").addEventListener("focus", prepare);
byId("query").addEventListener("input", drawHits);
byId("query").addEventListener("focus", () => byId("query").value && drawHits());
byId("query").addEventListener("blur", closeHits);
byId("query").addEventListener("keydown", (event) => {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step && search.hits.length) {
    search.at = (search.at + step + search.hits.length) % search.hits.length;
    markHit();
  } else if (event.key === "Enter") openHit(search.at);
  else if (event.key === "Escape") {
    closeHits();
    byId("query").value = "";
    byId("network").focus();
  } else return;
  event.preventDefault();
  event.stopPropagation();
});
