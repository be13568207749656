// The text itself: every name is a way into the graph, the evidence of the selection is marked.

/** Cut a stretch of text wherever a mention or a marked passage begins or ends. */
function cut(from, to, spans) {
  const cuts = new Set([from, to]);
  for (const [start, end] of spans) {
    if (start > from && start < to) cuts.add(start);
    if (end > from && end < to) cuts.add(end);
  }
  return [...cuts].sort((a, b) => a - b);
}

/** The passages of the open article that prove the selected relation, or that a search found. */
function marked() {
  if (state.passage) return [state.passage];
  if (state.edge === null) return [];
  return edges
    .get(state.edge)
    .evidence.filter((seen) => seen.document === state.article)
    .map((seen) => [seen.start, seen.end]);
}

function mentionSpan(mention, text, lit) {
  const node = nodes.get(mention[2]);
  return el(
    "span",
    {
      class: `mention ${mention[3]}${lit ? " lit" : ""}`,
      role: "link",
      tabindex: "-1",
      title: node.name,
      style: { "--own": node.colour },
      on: { click: () => selectNode(node.id) },
    },
    text,
  );
}

function paragraph(article, from, to, passages, selected) {
  const inside = article.mentions.filter(([start, end]) => start < to && end > from);
  const made = el("p", { dir: "auto" });
  const cuts = cut(from, to, [...inside, ...passages]);
  let host = made;
  let open = false;
  for (let place = 0; place + 1 < cuts.length; place += 1) {
    const [start, end] = [cuts[place], cuts[place + 1]];
    const proof = passages.some((passage) => passage[0] <= start && end <= passage[1]);
    if (proof !== open) {
      host = proof ? made.appendChild(el("mark")) : made;
      open = proof;
    }
    const over = inside.filter((mention) => mention[0] <= start && end <= mention[1]);
    const text = article.text.slice(start, end);
    // Of names inside one another ("EU" in "EU officials") the selected, or else the shortest, is lit.
    const size = (mention) => mention[1] - mention[0];
    const best =
      over.find((mention) => selected.has(mention[2])) || over.sort((a, b) => size(a) - size(b))[0];
    host.append(best ? mentionSpan(best, text, selected.has(best[2])) : text);
  }
  return made;
}

function articleHead(article) {
  const choice = el(
    "select",
    {
      "aria-label": "Document",
      on: { change: (event) => change("select", { article: Number(event.target.value), passage: null }) },
    },
    ARTICLES.map((other, number) =>
      el("option", { value: number, selected: number === state.article }, articleName(other)),
    ),
  );
  const facts = [article.publisher, article.date, article.licence].filter(Boolean).join(" · ");
  const source = article.url ? link(article.url, "source ↗") : null;
  return el(
    "header",
    { class: "article-head" },
    ARTICLES.length > 1 ? choice : el("h2", { dir: "auto" }, article.title),
    el("p", {}, facts, facts && source ? " · " : null, source),
  );
}

function drawArticle() {
  const host = byId("article");
  const article = ARTICLES[state.article];
  if (!article) {
    host.replaceChildren();
    return;
  }
  const passages = marked();
  const selected = new Set(
    state.edge !== null ? [edges.get(state.edge).source, edges.get(state.edge).target] : [state.focus],
  );
  const body = el("div", { class: "text" });
  let from = 0;
  for (const words of article.text.split("\n")) {
    if (words.trim()) body.append(paragraph(article, from, from + words.length, passages, selected));
    from += words.length + 1;
  }
  const scrolled = host.scrollTop;
  host.replaceChildren(articleHead(article), body);
  host.scrollTop = scrolled;
  const target = body.querySelector("mark") || body.querySelector(".mention.lit");
  if (target)
    host.scrollTo({
      top: host.scrollTop + target.getBoundingClientRect().top - host.getBoundingClientRect().top - 56,
      behavior: calm() ? "auto" : "smooth",
    });
}
