// The facts day by day, as a diary of the week: the events of a day first, then what else happened.

const AT_ONCE = 260; // lines that are drawn at once; days beyond wait until they are opened
const CHUNK = 100; // lines of a day that are drawn at once
const NO_DAY = "no day"; // what happened on a day that no text names
const LASTING = "lasting"; // offices, memberships, kinship: nothing that happens on a day

const chronicle = { edges: [], opened: new Map(), drawnFor: null };

const monthOf = (options) => (day) =>
  new Date(day * DAY).toLocaleDateString("en-GB", { ...options, timeZone: "UTC" });
const longDay = monthOf({ weekday: "long", day: "numeric", month: "long", year: "numeric" });
const shortDay = monthOf({ day: "numeric", month: "short", year: "numeric" });
const longMonth = monthOf({ month: "long", year: "numeric" });

/** What a day is called; of some dates only the month or the year is known. */
function headingOf(key) {
  if (key === NO_DAY) return "No day named";
  if (key === LASTING) return "Offices, memberships and other lasting ties";
  return { 4: () => `In ${key}`, 7: longMonth, 10: longDay }[key.length](dayOf(key));
}

const within = (day) =>
  (state.time.from === null || day >= state.time.from) && (state.time.to === null || day <= state.time.to);

/** The facts under their days; what is said of an event without a day stands with the event. */
function byDay(list) {
  const found = new Map();
  const add = (key, edge) => (found.has(key) ? found.get(key).push(edge) : found.set(key, [edge]));
  const eventDays = new Map();
  const dayless = [];
  const always = state.time.from === null && state.time.to === null;
  for (const edge of list) {
    const dates = always ? edge.dates : edge.dates.filter((date) => within(dayOf(date)));
    for (const date of dates) {
      add(date, edge);
      const event = edge.event;
      if (event !== null && !eventDays.has(event)) eventDays.set(event, date);
    }
    if (!dates.length) dayless.push(edge);
  }
  for (const edge of dayless) {
    const lasting = edge.relation.family === "role" || (edge.relation.family === "place" && edge.event === null);
    add(lasting ? LASTING : (eventDays.get(edge.event) ?? NO_DAY), edge);
  }
  const last = (key) => (key === LASTING ? 2 : key === NO_DAY ? 1 : 0);
  return [...found].sort(([a], [b]) => last(a) - last(b) || (a < b ? -1 : 1));
}

// --- a line

/** When the first of the papers wrote of it. */
function written(edge) {
  const dates = edge.evidence.map((seen) => dayOf(ARTICLES[seen.document].date)).filter((day) => day !== null);
  return dates.length ? shortDay(Math.min(...dates)) : null;
}

function asideOf(edge, key) {
  const told = written(edge);
  const announced = edge.status === "planned" || edge.status === "possible";
  const seen = edge.evidence.find((one) => one.place !== null && (one.date === key || edge.dates.length < 2));
  return [
    edge.status === "actual" ? null : badge(edge.status),
    key === null && edge.date ? el("span", {}, dateWords(edge.date)) : null,
    seen ? el("span", {}, `in ${nameOf(seen.place)}`) : null,
    told && (announced || key === NO_DAY)
      ? el("span", {}, `${announced ? "announced" : "reported"} ${told}`)
      : null,
    edge.basis === "background" ? el("span", {}, "background") : null,
    edge.documents > 1 ? el("span", {}, count(edge.documents, "document")) : null,
  ];
}

const drawnAs = (edge, words, given) => ({
  class: `${words} ${edge.status}`,
  "data-edge": edge.id,
  style: { "--own": edgeColour(edge) },
  ...given,
});

function factLine(edge, key) {
  return el(
    "li",
    {},
    button(
      drawnAs(edge, "line-of"),
      () => selectEdge(edge.id),
      el("bdi", {}, nameOf(edge.source)),
      " ",
      el("span", { class: "verb" }, edge.label),
      " ",
      el("bdi", {}, nameOf(edge.target)),
      el("span", { class: "asides" }, asideOf(edge, key)),
    ),
  );
}

// --- an event: where it was, who was there, what else is said of it

const shortFact = (edge, id) =>
  button(
    drawnAs(edge, "short-of", { title: `${sentence(edge)}: the words that say so` }),
    () => selectEdge(edge.id),
    el("bdi", {}, nameOf(id)),
    edge.status === "actual" ? null : el("small", {}, ` ${edge.status}`),
  );

const listed = (words, facts) =>
  facts.length
    ? el(
        "p",
        { class: "who-of" },
        words,
        facts.map((fact, at) => [" ", el("span", {}, fact, at < facts.length - 1 ? "," : null)]),
      )
    : null;

function eventBlock(event, own, key) {
  const at = own.filter((edge) => edge.type === "heldIn" && edge.source === event);
  const who = own.filter((edge) => edge.type === "attended" && edge.target === event);
  const rest = own.filter((edge) => !at.includes(edge) && !who.includes(edge));
  const name = button({ class: "event-name" }, () => selectNode(event), el("bdi", {}, nameOf(event)));
  return el(
    "li",
    { class: "event" },
    el("h3", {}, el("img", { src: nodes.get(event).picture, alt: "" }), name),
    listed("held in", at.map((edge) => shortFact(edge, edge.target))),
    listed("attended by", who.map((edge) => shortFact(edge, edge.source))),
    rest.length ? el("ul", {}, rest.map((edge) => factLine(edge, key))) : null,
  );
}

/** The blocks of a day: events with all that is said of them, the fullest first, then the rest. */
function blocksOf(list, key) {
  const order = new Map(FACTS.relations.map((relation, place) => [relation.name, place]));
  const events = new Map();
  const others = [];
  for (const edge of list) {
    const event = key === LASTING ? null : edge.event;
    if (event === null) others.push(edge);
    else if (events.has(event)) events.get(event).push(edge);
    else events.set(event, [edge]);
  }
  others.sort((a, b) => order.get(a.type) - order.get(b.type));
  return [
    ...[...events]
      .sort(([, a], [, b]) => b.length - a.length)
      .map(([event, own]) => ({ own, make: () => eventBlock(event, own, key) })),
    ...others.map((edge) => ({ own: [edge], make: () => factLine(edge, key) })),
  ];
}

// --- a day

/** Draw the first blocks of a day, and what is selected, with a button for the others. */
function drawDay(host, blocks) {
  let drawn = 0;
  const list = el("ul", { class: "day-facts" });
  const more = button({ class: "plain act" }, () => extend(drawn + CHUNK));
  function extend(to) {
    const next = blocks.slice(drawn, to);
    list.append(...next.map(({ make }) => make()));
    drawn += next.length;
    more.hidden = drawn >= blocks.length;
    more.textContent = `Show ${Math.min(CHUNK, blocks.length - drawn)} more`;
    markChosen();
  }
  host.replaceChildren(list, more);
  extend(Math.max(CHUNK, 1 + blocks.findIndex(({ own }) => own.some((edge) => edge.id === state.edge))));
}

function dayOfChronicle([key, list], open) {
  const host = el("div", {});
  const own = state.edge !== null && list.some((edge) => edge.id === state.edge);
  const toggle = (now) => {
    heading.setAttribute("aria-expanded", String(now));
    host.hidden = !now;
    if (now && !host.firstChild) drawDay(host, blocksOf(list, key));
  };
  const heading = button(
    { "aria-expanded": "false" },
    () => {
      const now = heading.getAttribute("aria-expanded") !== "true";
      chronicle.opened.set(key, now);
      toggle(now);
    },
    el("span", {}, headingOf(key)),
    el("small", {}, count(list.length, "fact")),
  );
  toggle(own || (chronicle.opened.get(key) ?? open));
  return el("section", { class: "day" }, el("h2", {}, heading), host);
}

function markChosen() {
  for (const line of document.querySelectorAll("main [data-edge]")) {
    const own = line.dataset.edge === state.edge;
    line.classList.toggle("chosen", own);
    if (own) line.setAttribute("aria-current", "true");
    else line.removeAttribute("aria-current");
  }
}

function drawChronicle() {
  const panel = byId("timeline");
  const list = selected();
  const drawnFor = `${state.time.from}..${state.time.to} ${theme.dark}`;
  const same = drawnFor === chronicle.drawnFor && alike(list, chronicle.edges);
  const known = () => panel.querySelector(`[data-edge="${state.edge}"]`);
  if (!same || (state.edge !== null && !known())) {
    Object.assign(chronicle, { edges: list, drawnFor });
    let lines = 0;
    const days = byDay(list).map((day) => {
      const open = day[0] !== LASTING && lines + Math.min(day[1].length, CHUNK) <= AT_ONCE;
      lines += open ? day[1].length : 0;
      return dayOfChronicle(day, open);
    });
    panel.replaceChildren(...(days.length ? days : [el("p", { class: "none" }, "No fact is left by the filters.")]));
    panel.scrollTop = 0;
  }
  markChosen();
  known()?.scrollIntoView({ block: "nearest" });
}

addView({ name: "timeline", title: "Timeline", key: "l", draw: drawChronicle });

byId("timeline").addEventListener("keydown", (event) => {
  const way = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!way || event.ctrlKey || event.metaKey || event.altKey) return;
  const all = [...byId("timeline").querySelectorAll("button")].filter((one) => one.offsetParent !== null);
  const next = all[all.indexOf(document.activeElement) + way];
  if (!next) return;
  event.preventDefault();
  next.focus();
});
