// Which document says what: looked up once, so that no selection walks through everything.

/** Do something once, when it is first asked for. */
function once(make) {
  let made = null;
  return () => (made ??= { value: make() }).value;
}

/** Do something once for each thing that it is asked of. */
function remembering(make) {
  const made = new Map();
  return (thing) => {
    if (!made.has(thing)) made.set(thing, make(thing));
    return made.get(thing);
  };
}

/** Put items together by key, in the order in which the keys come up. */
function groupBy(items, keyOf) {
  const groups = new Map();
  for (const item of items) {
    const key = keyOf(item);
    if (groups.has(key)) groups.get(key).push(item);
    else groups.set(key, [item]);
  }
  return groups;
}

/** What each document says: its facts in the order of their words, and its statements. */
const told = once(() => {
  const made = ARTICLES.map(() => ({ facts: [], quotes: [] }));
  for (const edge of edges.values()) {
    for (const seen of edge.evidence) {
      const { facts } = made[seen.document];
      if (facts.at(-1)?.edge !== edge) facts.push({ edge, seen });
    }
  }
  for (const quote of FACTS.quotes) made[quote.document].quotes.push(quote);
  for (const { facts } of made) facts.sort((a, b) => a.seen.start - b.seen.start || a.seen.end - b.seen.end);
  return made;
});

/** By id of an entity: how often each document names it. */
const naming = once(() => {
  const made = new Map([...nodes.keys()].map((id) => [id, new Map()]));
  ARTICLES.forEach((article, number) => {
    for (const mention of article.mentions) {
      const own = made.get(mention[2]);
      own?.set(number, (own.get(number) || 0) + 1);
    }
  });
  return made;
});

const documentsOf = (id) => naming().get(id);

/** The documents of each story, by the number of its first one. */
const stories = once(() => groupBy(ARTICLES.keys(), (number) => ARTICLES[number].story));

/** How much stands behind facts together: documents, and stories among them. */
function supportOf(facts) {
  const own = new Set(facts.flatMap((edge) => edge.evidence.map((seen) => seen.document)));
  return { documents: own.size, sources: new Set([...own].map((number) => ARTICLES[number].story)).size };
}

/** "reported by 5 documents, 2 independent": copies of one story count once. */
function reported({ documents, sources }) {
  if (documents === 1) return "reported by 1 document";
  if (documents === sources) return `reported by ${documents} independent documents`;
  return `reported by ${documents} documents, ${sources} independent`;
}

const MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");

/** A date as people write it; the text's own words ("next week") stay as they are. */
function dateWords(date) {
  const [, year, month, day] = /^(\d{4})(?:-(\d\d))?(?:-(\d\d))?$/.exec(date || "") || [];
  if (!year || (month && !MONTHS[month - 1])) return date || "";
  return [day && String(Number(day)), month && MONTHS[month - 1], year].filter(Boolean).join(" ");
}

/** "page 3" of what was on paper. */
const pageWords = ({ page }) => (page ? `page ${page}` : null);

const articleName = (article) =>
  [article.title, article.publisher, dateWords(article.date)].filter(Boolean).join(" · ");

/** The same in words of their own direction each, or else a date would stand in a title's. */
const articleParts = (article) =>
  [article.title, article.publisher, dateWords(article.date)]
    .filter(Boolean)
    .map((words, place) => [place ? " · " : null, el("bdi", {}, words)]);

/** What tells entities of one type and name apart: the document that names each, or else a number. */
const twins = once(() => {
  const groups = groupBy(nodes.values(), (node) => `${node.type} ${fold(node.name)}`);
  const made = new Map();
  for (const members of groups.values()) {
    if (members.length === 1) continue;
    const firsts = members.map((node) => ARTICLES[documentsOf(node.id).keys().next().value]);
    const ways = [
      ({ publisher, date } = {}) =>
        date && !publisher ? `text of ${dateWords(date)}` : [publisher, dateWords(date)].filter(Boolean).join(", "),
      (article) => article?.title || "",
      (article, place) => `${place + 1} of ${members.length}`,
    ];
    const words = ways.map((way) => firsts.map(way)).find((all) => new Set(all).size === all.length && !all.includes(""));
    members.forEach((node, place) => made.set(node.id, words[place]));
  }
  return made;
});

/** A name in words of its own direction, with what tells it from another of that name. */
const nameParts = (id) => [
  el("bdi", {}, nameOf(id)),
  twins().has(id) ? el("small", { class: "apart", dir: "auto" }, ` ${twins().get(id)}`) : null,
];
