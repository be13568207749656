// The documents: where each comes from, what it says, and which of them tell the same story.

const library = { by: "newest", words: "" };

const ORDERS = {
  newest: { title: "newest", key: (one) => one.article.date || "", down: true },
  facts: { title: "most facts", key: (one) => told()[one.number].facts.length, down: true },
  title: { title: "title", key: (one) => fold(one.article.title) },
  publisher: { title: "publisher", key: (one) => fold(one.article.publisher || "\uffff") },
};

/** Show an article with all that it says marked. */
function openDocument(number) {
  marking.facts = true;
  side.part = "article";
  side.open = true;
  change("select", { article: number, passage: null });
}

/** The filter that leaves only what one document says. */
function onlyThis(number) {
  if (ARTICLES.length < 2) return null;
  const on = state.document === number;
  return button(
    { class: "act-button", "aria-pressed": String(on), "data-only": number, title: "Show only what this document says" },
    () => change("filter", { document: on ? null : number }),
    "Only this document",
  );
}

/** The documents found, in the order chosen, each copy right after the first of its story. */
function documentsListed() {
  const { key, down } = ORDERS[library.by];
  const words = fold(library.words.trim());
  const all = ARTICLES.map((article, number) => ({ article, number }))
    .filter(({ article }) => !words || fold([articleName(article), article.author, article.date, article.licence, article.id].join(" ")).includes(words))
    .map((one) => ({ ...one, key: key(one) }))
    .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0) * (down ? -1 : 1) || a.number - b.number);
  const groups = groupBy(all, ({ article }) => article.story);
  for (const members of groups.values()) members.sort((a, b) => (b.number === b.article.story) - (a.number === a.article.story));
  return [...groups.values()].flat();
}

function documentRow({ article, number }) {
  const { facts, quotes } = told()[number];
  const notes = [article.author, article.publisher, dateWords(article.date), article.licence].filter(Boolean);
  const copies = stories().get(article.story).length;
  const copied = article.story !== number;
  return el(
    "li",
    { class: `document${copied ? " retold" : ""}${state.document === number ? " chosen" : ""}`, "data-document": number },
    button({ class: "plain title", title: "Open with all it says marked" }, () => openDocument(number), el("bdi", {}, article.title)),
    el("p", { class: "source" }, notes.map((note, place) => [place ? " · " : null, el("bdi", {}, note)]),
      article.url ? [notes.length ? " · " : null, link(article.url, "source ↗")] : null),
    copied ? el("p", { class: "same" }, "same story as ", el("bdi", {}, `“${ARTICLES[article.story].title}”`)) : null,
    !copied && copies > 1 ? el("p", { class: "same" }, `${copies} documents, 1 story`) : null,
    el(
      "div",
      { class: "acts" },
      el("span", { class: "more" }, `${count(facts.length, "relation")}, ${count(quotes.length, "statement")}`),
      onlyThis(number),
    ),
  );
}

const SHELF = 60; // documents listed before one asks for all

function drawShelf() {
  const found = documentsListed();
  const independent = new Set(found.map(({ article }) => article.story)).size;
  const own = independent < found.length ? `, ${independent} independent` : "";
  byId("shelf-words").textContent = `${partOf(found.length, ARTICLES.length, "document")}${own}`;
  byId("shelf").replaceChildren(...some("shelf", found, documentRow, SHELF, drawShelf));
}

function drawDocuments() {
  const host = byId("documents");
  if (host.hidden) return;
  if (!byId("shelf")) {
    const find = el("input", {
      type: "search",
      id: "shelf-find",
      placeholder: "Find a document",
      "aria-label": "Find a document",
      autocomplete: "off",
      on: {
        input: (event) => {
          library.words = event.target.value;
          drawShelf();
        },
      },
    });
    const order = el(
      "select",
      {
        "aria-label": "Order of documents",
        on: {
          change: (event) => {
            library.by = event.target.value;
            drawShelf();
          },
        },
      },
      Object.entries(ORDERS).map(([name, { title }]) => el("option", { value: name }, title)),
    );
    host.append(
      el("div", { class: "shelf-head" }, find, order),
      el("p", { id: "shelf-words", class: "facts", "aria-live": "polite" }),
      el("ul", { id: "shelf" }),
    );
  }
  const pressed = document.activeElement?.dataset?.only;
  drawShelf();
  if (pressed !== undefined) host.querySelector(`[data-only="${pressed}"]`)?.focus({ preventScroll: true });
}
