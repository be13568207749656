// What narrows the tables, and with them every view: words, and a choice of relation, status, document.

const PAUSE = 160; // milliseconds after the last letter, where many rows are looked through

/** Show only one of the names of a kind, or all of them. */
function showOnly(kind, name) {
  const all = kind === "relation" ? [...relations.keys()] : FACTS.statuses;
  const off = { ...state.off, [kind]: new Set(name === "" ? [] : all.filter((one) => one !== name)) };
  change("filter", { off });
}

/** The only name of a kind that is shown; "" where all are, null where several are. */
function onlyShown(kind) {
  if (!state.off[kind].size) return "";
  const all = kind === "relation" ? [...relations.keys()] : FACTS.statuses;
  const left = all.filter((one) => !state.off[kind].has(one));
  return left.length === 1 ? left[0] : null;
}

// Of each choice: what stands for all, the names with their words, how many each would leave, and
// what is chosen now.
const CHOICES = {
  relation: {
    all: "All relations",
    options: () => [...relations.values()].map(({ name, label }) => [name, label]),
    number: (name) => left.relation.get(name) || 0,
    value: () => onlyShown("relation"),
    choose: (name) => showOnly("relation", name),
  },
  status: {
    all: "Any status",
    options: () => {
      const found = new Set([...edges.values()].map((edge) => edge.status));
      return FACTS.statuses.filter((name) => found.has(name)).map((name) => [name, name]);
    },
    number: (name) => left.status.get(name) || 0,
    value: () => onlyShown("status"),
    choose: (name) => showOnly("status", name),
  },
  document: {
    all: "All documents",
    options: () => ARTICLES.map((article, at) => [String(at), articleName(article)]),
    number: (name) => saidBy().get(Number(name)) || 0,
    value: () => (state.document === null ? "" : String(state.document)),
    choose: (name) => change("filter", { document: name === "" ? null : Number(name) }),
  },
};

let saidByDocument = null;

/** How many relations each document says. */
function saidBy() {
  saidByDocument ??= tally(
    [...edges.values()].flatMap((edge) => [...new Set(edge.evidence.map((seen) => seen.document))]),
    (number) => number,
  );
  return saidByDocument;
}

function makeChoice(kind) {
  const { all, options, number, value, choose } = CHOICES[kind];
  const given = options().map(([name, words]) => ({ name, words, option: el("option", { value: name }) }));
  if (given.length < 2) return null;
  const several = el("option", { value: "several", disabled: true }, "several");
  const select = el(
    "select",
    { "aria-label": `Only this ${kind}`, on: { change: () => choose(select.value) } },
    el("option", { value: "" }, all),
    several,
    given.map(({ option }) => option),
  );
  const draw = () => {
    const now = value();
    for (const { name, words, option } of given) option.textContent = `${words} (${number(name)})`;
    several.hidden = now !== null;
    select.value = now ?? "several";
    select.classList.toggle("narrowed", now !== "");
  };
  return { select, draw };
}

function makeNarrowing(kinds) {
  const choices = kinds.map(makeChoice).filter(Boolean);
  let waiting = 0;
  const given = { type: "search", placeholder: "Filter by words", "aria-label": "Filter by words", spellcheck: "false" };
  const words = el("input", given);
  words.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => change("filter", { words: words.value.trim() }), edges.size > 2000 ? PAUSE : 0);
  });
  const draw = () => {
    if (document.activeElement !== words) words.value = state.words;
    for (const choice of choices) choice.draw();
  };
  return { host: el("div", { class: "narrowing" }, words, choices.map(({ select }) => select)), draw };
}
