// The text itself: every name is a way into the graph, the evidence of the selection is marked.

const ENTIRE = 40000; // characters of an article that is drawn as a whole; of a longer one so much
const AROUND = 12000; // before and after what is looked for, and on demand more

/** How a name is lit: as the subject or object of the selected relation, as the selected entity. */
function lightOf(id) {
  if (state.edge === null) return id === state.focus ? " lit" : "";
  const edge = edges.get(state.edge);
  return id === edge.source ? " lit" : id === edge.target ? " lit other" : "";
}

function mentionSpan(mention, text) {
  const node = nodes.get(mention[2]);
  return el(
    "span",
    {
      class: `mention ${mention[3]}${lightOf(node.id)}`,
      role: "link",
      tabindex: "-1",
      "data-at": mention[0],
      title: node.name,
      style: { "--own": node.colour },
      on: {
        click: (event) => {
          event.stopPropagation();
          selectNode(node.id);
        },
      },
    },
    text,
  );
}

/** What stands around a piece of text: the words of the selection, of another fact, or a quote. */
function wrapperOf(over) {
  const proof = over.find((passage) => passage.current) || over.find(({ kind }) => kind === "proof");
  if (proof) return { key: `proof ${proof.current}`, make: () => el("mark", { class: proof.current ? "current" : null }) };
  const facts = over.filter(({ kind }) => kind === "told").sort((a, b) => a.end - a.start - (b.end - b.start));
  const quote = over.find(({ kind }) => kind === "said");
  if (!facts.length && !quote) return { key: "", make: null };
  const classes = [facts.length ? `told ${facts[0].edge.status}` : null, quote ? "said" : null].filter(Boolean);
  const titles = [...facts.slice(0, 3).map(({ edge }) => sentence(edge)), quote ? `said by ${nameOf(quote.speaker)}` : null];
  return {
    key: `${facts.map(({ edge }) => edge.id)} ${quote?.start}`,
    make: () =>
      el("span", {
        class: classes.join(" "),
        title: titles.filter(Boolean).join("\n"),
        on: facts.length ? { click: () => selectEdge(facts[0].edge.id) } : {},
      }),
  };
}

function paragraph(article, from, to, passages) {
  const inside = mentionsIn(article, from, to);
  const touching = passages.filter(({ start, end }) => start < to && end > from);
  const made = el("p", { dir: "auto" });
  const cuts = cut(from, to, [...inside, ...touching.map(({ start, end }) => [start, end])]);
  let host = made;
  let open = "";
  for (let place = 0; place + 1 < cuts.length; place += 1) {
    const [start, end] = [cuts[place], cuts[place + 1]];
    const wrapper = wrapperOf(touching.filter((passage) => passage.start <= start && end <= passage.end));
    if (wrapper.key !== open) {
      host = wrapper.make ? made.appendChild(wrapper.make()) : made;
      open = wrapper.key;
    }
    const over = inside.filter((mention) => mention[0] <= start && end <= mention[1]);
    const text = article.text.slice(start, end);
    // Of names inside one another ("EU" in "EU officials") the selected, or else the shortest, is lit.
    const size = (mention) => mention[1] - mention[0];
    const best = over.find((mention) => lightOf(mention[2])) || over.sort((a, b) => size(a) - size(b))[0];
    host.append(best ? mentionSpan(best, text) : text);
  }
  return made;
}

/** Mark also what is not selected: all facts of the document, all that is quoted in it. */
function marker(kind, words, number) {
  if (!number) return null;
  const flip = () => {
    marking[kind] = !marking[kind];
    drawArticle();
  };
  const title = `Mark all ${words}s of this document`;
  return button({ class: "act-button", "aria-pressed": String(marking[kind]), "data-marks": kind, title }, flip, count(number, words));
}

/** What this document says, in rows; made when it is unfolded. */
function contents(number) {
  const { facts, quotes } = told()[number];
  if (!facts.length && !quotes.length) return el("p", { class: "hint" }, "No relation or statement was found in this document.");
  const rows = el("ul", { class: "rows" });
  const fill = () =>
    rows.replaceChildren(
      ...some("contents", facts, ({ edge }) => factRow(edge), FEW, fill),
      ...some("contents-said", quotes, (quote) => quoteRow(quote, el("b", {}, `${nameOf(quote.speaker)}: `)), FEW, fill),
    );
  const toggle = (event) => (event.target.open ? fill() : null);
  return el("details", { class: "contents", on: { toggle } }, el("summary", {}, "What it says, in rows"), rows);
}

function articleHead(article, number) {
  const facts = [article.author, article.publisher, dateWords(article.date), article.licence].filter(Boolean);
  const source = article.url ? link(article.url, "source ↗") : null;
  const same = stories().get(article.story).filter((other) => other !== number);
  return el(
    "header",
    { class: "article-head" },
    el("h2", { dir: "auto" }, article.title),
    el("p", {}, facts.map((fact, place) => [place ? " · " : null, el("bdi", {}, fact)]), facts.length && source ? " · " : null, source),
    same.length
      ? el("p", { class: "same" }, "Same story as ", same.slice(0, 3).map((other, place) => [place ? ", " : null,
          button({ class: "plain act" }, () => openDocument(other), el("bdi", {}, ARTICLES[other].title))]))
      : null,
    el(
      "div",
      { class: "acts" },
      marker("facts", "relation", told()[number].facts.length),
      marker("quotes", "statement", told()[number].quotes.length),
      onlyThis(number),
    ),
    side.part === "article" ? contents(number) : null,
  );
}

/** The stretch of a long article that is drawn: what surrounds the passage, or else its beginning. */
function stretchOf(article, passages) {
  const parts = paragraphsOf(article);
  if (article.text.length <= ENTIRE) return [0, parts.length];
  const wanted =
    passages.find(({ current }) => current)?.start ?? article.mentions.find((mention) => lightOf(mention[2]))?.[0] ?? 0;
  return [firstWhere(parts, ([, end]) => end > wanted - AROUND), firstWhere(parts, ([start]) => start > wanted + AROUND)];
}

/** One name can be reached by Tab; from it the arrow keys walk through all, Enter opens. */
function walkNames(event) {
  const way = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
  const own = event.target.closest(".mention");
  if (!own || !(way || event.key === "Enter")) return;
  event.preventDefault();
  event.stopPropagation();
  if (!way) {
    own.click();
    return;
  }
  const names = [...event.currentTarget.querySelectorAll(".mention")];
  const next = names[names.indexOf(own) + way];
  if (!next) return;
  own.tabIndex = -1;
  next.tabIndex = 0;
  next.focus();
}

/** The paragraphs, with ways to the text before and after where not all of it is drawn. */
function articleBody(article, passages) {
  const parts = paragraphsOf(article);
  const body = el("div", { class: "text", on: { keydown: walkNames } });
  let [first, last] = stretchOf(article, passages);
  const made = (from, to) => parts.slice(from, to).map(([start, end]) => paragraph(article, start, end, passages));
  const earlier = button({ class: "act-button" }, () => {
    const from = firstWhere(parts, ([, end]) => end > parts[first][0] - AROUND);
    earlier.after(...made(from, first));
    first = from;
    earlier.hidden = first === 0;
  }, "Show the text before");
  const later = button({ class: "act-button" }, () => {
    const to = firstWhere(parts, ([start]) => start > parts[last - 1][1] + AROUND);
    later.before(...made(last, to));
    last = to;
    later.hidden = last === parts.length;
  }, "Show the text after");
  earlier.hidden = first === 0;
  later.hidden = last === parts.length;
  body.append(earlier, ...made(first, last), later);
  return body;
}

function drawArticle() {
  const host = byId("article");
  const article = ARTICLES[state.article];
  if (host.hidden) return;
  if (!article) {
    host.replaceChildren(el("p", { class: "hint" }, "There is no document."));
    return;
  }
  const passages = marked();
  const body = articleBody(article, passages);
  const scrolled = host.dataset.of === String(state.article) ? host.scrollTop : 0;
  const pressed = document.activeElement?.dataset?.marks;
  const walked = host.contains(document.activeElement) ? document.activeElement.dataset.at : undefined;
  host.dataset.of = state.article;
  host.replaceChildren(articleHead(article, state.article), body);
  host.scrollTop = scrolled;
  if (pressed) host.querySelector(`[data-marks="${pressed}"]`)?.focus({ preventScroll: true });
  const target = body.querySelector("mark.current") || body.querySelector(".mention.lit");
  const named = body.querySelector(walked ? `[data-at="${walked}"]` : ".mention.lit") || body.querySelector(".mention");
  if (named) named.tabIndex = 0;
  if (walked) named?.focus({ preventScroll: true });
  if (target && !pressed)
    host.scrollTo({
      top: host.scrollTop + target.getBoundingClientRect().top - host.getBoundingClientRect().top - host.clientHeight / 4,
      behavior: calm() ? "auto" : "smooth",
    });
}

/** Left and right go from name to name, from the first one seen on; Enter opens. */
byId("article").addEventListener("keydown", (event) => {
  const host = byId("article");
  const own = event.target.closest(".mention");
  const way = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (!(own && event.key === "Enter") && !(way && (own || event.target === host))) return;
  event.preventDefault();
  event.stopPropagation();
  if (!way) return own.click();
  const all = [...host.querySelectorAll(".mention")];
  const top = host.getBoundingClientRect().top;
  const seen = all.findIndex((name) => name.getBoundingClientRect().top > top);
  all[own ? all.indexOf(own) + way : seen]?.focus();
});
