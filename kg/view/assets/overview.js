// What is shown, told in short: who matters, what happened, what is planned, disputed and said.
// All of it is read off the relations and statements that the filters leave.

const overview = { stale: true, made: null, by: "support" };

const HAPPEN = new Set(["meeting", "cooperation", "conflict"]); // families of what is done, not held
const isEvent = (id) => nodes.get(id).type === "Event";
const latest = remembering((edge) => edge.evidence.map((seen) => ARTICLES[seen.document].date || "").reduce((a, b) => (a > b ? a : b), ""));
const datesOf = remembering((edge) => edge.evidence.map((seen) => seen.date).filter((date) => dayOf(date) !== null));
const dayOfEdge = (edge) => datesOf(edge)[0] || "";
const before = (a, b) => (a < b ? -1 : a > b ? 1 : 0);
const bySupport = (a, b) => b.sources - a.sources || b.documents - a.documents || b.size - a.size;
const newestFirst = (a, b) => before(b.date, a.date);

/** Events with those who came, and what was done without an event: both are what happened. */
function happenings(facts) {
  const found = [];
  const events = groupBy(
    facts.filter((edge) => edge.relation.family === "meeting" && isEvent(edge.target)),
    (edge) => edge.target,
  );
  for (const [id, came] of events) {
    const all = nodes.get(id).edges.filter((edge) => edge.status === "actual" && shown.edges.has(edge.id));
    const who = (type) => [...new Set(came.filter((edge) => edge.type === type).map((edge) => edge.source))];
    const [people, hosts] = [who("attended").length, who("hosted")];
    const dates = tally(all.flatMap(datesOf), (date) => date);
    const most = [...dates].sort((a, b) => b[1] - a[1] || before(a[0], b[0]))[0];
    found.push({ id, people, hosts, date: most ? most[0] : "", size: 2 * people + hosts.length, ...supportOf(all) });
  }
  for (const edge of facts) {
    if (!HAPPEN.has(edge.relation.family) || edge.event !== null) continue;
    const { documents, sources } = edge;
    found.push({ edge, date: dayOfEdge(edge), size: 2, documents, sources });
  }
  return found;
}

/** What is planned and not yet reported as done, the nearest day first, then the latest report. */
function plans(facts) {
  const isDone = (plan) => actualOf(plan).some((edge) => latest(edge) >= latest(plan));
  const open = facts.filter((edge) => edge.status === "planned" && !isDone(edge));
  const groups = groupBy(open, (edge) => [edge.target, edge.source].find(isEvent) ?? edge.id);
  const made = [...groups.values()].map((members) => ({
    members,
    date: members.map(dayOfEdge).find(Boolean) || "",
    said: members.map(latest).reduce((a, b) => (a > b ? a : b)),
  }));
  const now = ARTICLES.map(({ date }) => date || "").reduce((a, b) => (a > b ? a : b), "");
  const ahead = (plan) => plan.date !== "" && plan.date >= now;
  return made.sort(
    (a, b) =>
      ahead(b) - ahead(a) ||
      (ahead(a) ? before(a.date, b.date) : before(b.said, a.said)),
  );
}

/** The relation shown that asserts what another plans or denies. */
const actualOf = (edge) => otherSides(edge).filter((other) => other.status === "actual" && shown.edges.has(other.id));

/** What some assert and others deny, both sides; and what is only denied or refused. */
function denials(facts) {
  const denied = facts.filter((edge) => edge.status === "negated");
  const pairs = denied.map((edge) => [actualOf(edge)[0], edge]);
  return {
    disputed: pairs.filter(([yes]) => yes).sort((a, b) => b[0].sources - a[0].sources || b[1].sources - a[1].sources),
    denied: pairs
      .flatMap(([yes, no]) => (yes ? [] : [no]))
      .sort((a, b) => b.sources - a.sources || before(latest(b), latest(a))),
  };
}

/** A statement of each of the best connected speakers: the fullest that is read at a glance. */
function sayings() {
  const length = (quote) => quote.end - quote.start;
  const weight = (quote) => (quote.kind === "direct" ? 1000 : 0) + (length(quote) <= 180 ? length(quote) : 180 - length(quote));
  const groups = groupBy(shown.quotes, (quote) => quote.speaker);
  return [...groups]
    .map(([speaker, quotes]) => ({ speaker, quote: quotes.reduce((a, b) => (weight(b) > weight(a) ? b : a)) }))
    .sort((a, b) => nodes.get(b.speaker).degree - nodes.get(a.speaker).degree);
}

function story() {
  if (!overview.stale) return overview.made;
  const facts = [...shown.edges].map((id) => edges.get(id));
  const weights = new Map();
  for (const edge of facts)
    for (const end of [edge.source, edge.target]) weights.set(end, (weights.get(end) || 0) + 1);
  const top = (...kinds) =>
    ranked
      .filter((node) => kinds.includes(node.type) && weights.has(node.id))
      .sort((a, b) => weights.get(b.id) - weights.get(a.id));
  const happened = happenings(facts.filter((edge) => edge.status === "actual"));
  overview.stale = false;
  overview.made = {
    facts,
    weights,
    people: top("Person"),
    bodies: top("Country", "Organization"),
    happened: {
      support: [...happened].sort((a, b) => bySupport(a, b) || newestFirst(a, b)),
      day: [...happened].sort((a, b) => newestFirst(a, b) || bySupport(a, b)),
    },
    planned: plans(facts),
    ...denials(facts),
    said: sayings(),
  };
  return overview.made;
}

// --- how it is drawn

const several = () => ARTICLES.length > 1;

/** Where what is shown comes from: how many documents, of which days, how many of them no copies. */
function lead() {
  const own = Array.from(shown.documents, (number) => ARTICLES[number]);
  const dates = own.map(({ date }) => date).filter(Boolean).sort();
  const [first, last] = [dateWords(dates[0]), dateWords(dates.at(-1))];
  const when = !first ? "" : first === last ? `, ${first}` : `, ${first} – ${last}`;
  const independent = new Set(own.map(({ story }) => story)).size;
  const copies = independent < own.length ? ` (${independent} independent)` : "";
  const told = count(overview.made.facts.length, "relation");
  return el(
    "p",
    { class: "lead" },
    el("b", {}, `${partOf(own.length, ARTICLES.length, "document")}${copies}${when}`),
    `: ${told} shown. Every line leads to the words that say so.`,
  );
}

function personRow(node, weights) {
  const [office] = officesOf(node).filter((edge) => edge.status === "actual");
  return el(
    "li",
    {},
    button(
      { class: "row person" },
      () => selectNode(node.id),
      el("img", { src: node.picture, alt: "" }),
      el("span", {}, el("b", {}, nameParts(node.id)), office ? el("span", { class: "office", dir: "auto" }, officeWords(office)) : null),
      el("span", { class: "more" }, count(weights.get(node.id), "relation")),
    ),
  );
}

function happeningRow({ id, edge, people, hosts, date, ...support }) {
  const where = edge?.evidence.find((seen) => seen.place !== null)?.place;
  const title = id ? nameOf(id) : "";
  const notes = [
    people ? `${people} attended` : null,
    hosts?.length && !title.includes("hosted by") ? `hosted by ${hosts.slice(0, 2).map(nameOf).join(" and ")}` : null,
    where !== undefined && where !== null && edge.target !== where ? `in ${nameOf(where)}` : null,
    date && !title.includes(dateWords(date)) ? dateWords(date) : null,
    several() ? reported(support) : null,
  ].filter(Boolean);
  const words = id
    ? el("b", {}, nameParts(id))
    : [el("bdi", {}, nameOf(edge.source)), " ", verb(edge), " ", el("bdi", {}, nameOf(edge.target))];
  return el(
    "li",
    {},
    button(
      { class: "row happening" },
      () => (id ? selectNode(id) : selectEdge(edge.id)),
      el("span", {}, words),
      el("span", { class: "more" }, notes.map((note, place) => [place ? " · " : null, el("bdi", {}, note)])),
    ),
  );
}

function planRow({ members }) {
  const [first] = members;
  const event = [first.target, first.source].find(isEvent);
  if (event === undefined) return factRow(first, dateWords(first.date));
  const who = (edge) => (edge.target === event ? edge.source : edge.relation.family === "place" ? null : edge.target);
  const notes = [...members.map(who).filter((id) => id !== null).map(nameOf)].join(", ");
  const date = dateWords(members.map(dayOfEdge).find(Boolean));
  return el(
    "li",
    {},
    button(
      { class: "row happening" },
      () => (members.length === 1 ? selectEdge(first.id) : selectNode(event)),
      el("span", {}, nameParts(event), " ", badge("planned")),
      el("span", { class: "more" }, [notes, nameOf(event).includes(date) ? "" : date].filter(Boolean).map((note, place) => [place ? " · " : null, el("bdi", {}, note)])),
    ),
  );
}

const disputeRow = ([yes, no]) =>
  el(
    "li",
    { class: "dispute" },
    el("ul", {}, [yes, no].map((edge) => factRow(edge, reported(edge).replace("reported", edge === yes ? "asserted" : "denied")))),
  );

function chapter(title, name, items, rowOf, few, extra = null) {
  if (!items.length) return null;
  return el(
    "section",
    { class: "chapter", "data-chapter": name },
    el("h3", {}, el("span", {}, title), extra),
    el("ul", { class: "rows" }, some(name, items, rowOf, few)),
  );
}

function overviewDetail() {
  if (!nodes.size) return [el("p", { class: "hint" }, "Nothing was found in these documents to draw.")];
  const { people, bodies, weights, happened, planned, disputed, denied, said } = story();
  const sort = (by) => {
    overview.by = by;
    drawDetail();
  };
  const choose = choice("Order of events", { support: "most reported", day: "newest" }, overview.by, sort);
  const pills = el("div", { class: "pills" }, bodies.slice(0, 6).map((node) => pill(node.id)));
  const saying = ({ quote }) => sayingRow(quote);
  return [
    el("h2", { class: "unseen" }, "Overview"),
    lead(),
    chapter("Who matters", "people", people, (node) => personRow(node, weights), 5),
    people.length || bodies.length ? pills : null,
    chapter("What happened", "happened", happened[overview.by], happeningRow, 6, happened.day.length > 1 ? choose : null),
    chapter("Planned next", "planned", planned, planRow, 4),
    chapter("Disputed", "disputed", disputed, disputeRow, 4),
    chapter("Denied or refused", "denied", denied, (edge) => factRow(edge, several() ? dateWords(latest(edge)) : null), 3),
    chapter("Said", "said", said, saying, 4),
  ];
}

function sayingRow(quote) {
  const given = { class: "row quote", title: "Show in the article" };
  const date = several() ? dateWords(ARTICLES[quote.document].date) : "";
  const open = () => showPassage(quote, { focus: quote.speaker, edge: null, path: null });
  return el(
    "li",
    {},
    button(
      given,
      open,
      el("span", { class: "speaker" }, el("bdi", {}, nameOf(quote.speaker)), date ? `, ${date}` : null),
      el("span", { dir: "auto" }, quoted(quote)),
    ),
  );
}
