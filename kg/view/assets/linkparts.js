// What stands in the link: the selection, the view, and each filter as what it lets through.

const keyOf = (id) => (id === null ? null : nodes.get(id).key);

addLinkPart({
  name: "focus",
  selects: true,
  write: () => keyOf(state.focus),
  read: (text, complain) => {
    const node = nodeOf(text, complain);
    if (node) selectNode(node.id, { move: false, show: !linkNarrows() });
  },
});

addLinkPart({
  name: "edge",
  selects: true,
  write: () => (state.edge === null ? null : edgeKey(edges.get(state.edge))),
  read: (text, complain) => {
    const edge = edgeByKey.get(text);
    if (edge) selectEdge(edge.id, { move: false, show: !linkNarrows() });
    else if (text !== undefined) complain("the link asks for a relation between two that is not here");
  },
});

addLinkPart({
  name: "path",
  selects: true,
  write: () => (state.path === null || state.path.mark ? null : `${keyOf(state.path.from)}..${keyOf(state.path.to)}`),
  read: (text, complain) => {
    if (text === undefined) return;
    const [from, to, ...more] = text.split("..");
    const ends = [from, to].map((who) => nodeOf(who, complain));
    if (!to || more.length) complain("the link asks for a path; that is written path=Macron..Trump");
    else if (ends[0] && ends[1]) showPath(ends[0].id, ends[1].id);
  },
});

/** A list of names to show; the others are switched off. */
function addList(name, kind, noun, known) {
  addLinkPart({
    name,
    write: () =>
      state.off[kind].size
        ? [...known.keys()].filter((one) => !state.off[kind].has(one)).join(",") || "none"
        : null,
    read: (text, complain) => {
      state.off[kind].clear();
      if (text === undefined) return;
      const asked = text === "none" ? [] : text.split(",").filter(Boolean);
      const wanted = new Set();
      for (const one of asked) {
        const found = [...known].filter(([own, also]) => own === one || also.includes(fold(one)));
        for (const [own] of found) wanted.add(own);
        if (!found.length) complain(`the link asks for a ${noun} '${harmless(one)}' that is not here`);
      }
      if (!wanted.size && text !== "none") return;
      for (const own of known.keys()) if (!wanted.has(own)) state.off[kind].add(own);
    },
  });
}

/** Something that the page shows or not; `words` are what a link can say, with what each hides. */
function addChoice(name, kind, words, usual) {
  const says = (word) => {
    const off = state.off[kind];
    return off.size === words.get(word).length && words.get(word).every((one) => off.has(one));
  };
  const now = () => [...words.keys()].find(says) ?? usual;
  addLinkPart({
    name,
    write: () => (now() === usual ? null : now()),
    read: (text = usual, complain) => {
      if (!words.has(text))
        complain(`the link says ${name}=${harmless(text)}; it knows ${[...words.keys()].join(", ")}`);
      state.off[kind] = new Set(words.get(text) || words.get(usual));
    },
  });
}

/** A number of a stretch, or what there is without it. */
function numberOf(name, text, [least, most], otherwise, complain) {
  if (text === undefined) return otherwise;
  const number = /^\d+(\.\d+)?$/.test(text) ? Number(text) : NaN;
  if (number >= least && number <= most) return number;
  complain(`the link says ${name}=${harmless(text)}; it must be a number from ${least} to ${most}`);
  return otherwise;
}

/** The first, or with `last` the last, day of what a link calls a day, month or year. */
function dayNamed(name, text, last, complain) {
  if (text === undefined) return null;
  const day = dayOf(text);
  if (day === null || !isoOf(day).startsWith(text)) {
    complain(`the link says ${name}=${harmless(text)}; a day is written like 2025-02-17`);
    return null;
  }
  const [year, month, date] = text.split("-").map(Number);
  if (!last || date) return day;
  return dayOf(isoOf(Math.round(Date.UTC(month ? year : year + 1, month || 0, 1) / DAY))) - 1;
}

// --- how it is seen, and what the filters leave

addLinkPart({
  name: "view",
  write: () => (state.view === "graph" ? null : state.view),
  read: (text, complain) => {
    const name = text === "table" ? "relations" : (text ?? "graph");
    if (!views.has(name)) complain(`the link asks for a view '${harmless(name)}' that is not here`);
    state.view = views.has(name) ? name : "graph";
  },
});

addLinkPart({
  name: "around",
  write: () => (state.around === state.focus ? null : keyOf(state.around)),
  read: (text, complain) => {
    state.around = nodeOf(text, complain)?.id ?? null;
  },
});

addLinkPart({
  name: "hops",
  write: () => (state.around === null ? null : String(state.hops)),
  read: (text, complain) => {
    state.hops = Math.round(numberOf("hops", text, [1, 9], 1, complain));
    if (text === undefined || state.around !== null || !given.get("focus")) return;
    state.around = nodeCalled(given.get("focus"))?.id ?? null;
  },
});

addLinkPart({
  name: "community",
  write: () => (state.community === null ? null : String(state.community)),
  read: (text, complain) => {
    state.community = /^\d+$/.test(text || "") ? (groups[text]?.number ?? null) : null;
    if (text !== undefined && state.community === null)
      complain(`the link asks for a group '${harmless(text)}' that is not here`);
  },
});

for (const [name, last] of [
  ["from", false],
  ["to", true],
])
  addLinkPart({
    name,
    write: () => (state.time[name] === null ? null : isoOf(state.time[name])),
    read: (text, complain) => {
      state.time = { ...state.time, [name]: dayNamed(name, text, last, complain) };
      const { from, to } = state.time;
      if (!last || from === null || to === null || from <= to) return;
      complain("the link asks for days that end before they start");
      state.time = { ...state.time, from: null, to: null };
    },
  });

addLinkPart({
  name: "undated",
  write: () => (state.time.undated ? null : "no"),
  read: (text) => {
    state.time = { ...state.time, undated: text !== "no" };
  },
});

const called = (entry) => [entry.label, entry.plural, entry.family].filter(Boolean).map(fold);
const occurring = new Set([...nodes.values()].map((node) => node.type));
addList("relations", "relation", "relation", new Map([...relations].map(([name, entry]) => [name, called(entry)])));
addList("statuses", "status", "status", new Map(FACTS.statuses.map((status) => [status, []])));
addList(
  "types",
  "type",
  "kind of thing",
  new Map(FACTS.types.filter(({ name }) => occurring.has(name)).map((type) => [type.name, called(type)])),
);

addLinkPart({
  name: "score",
  write: () => (state.least > 0 ? String(state.least) : null),
  read: (text, complain) => {
    state.least = numberOf("score", text, [0, 1], 0, complain);
  },
});

addLinkPart({
  name: "words",
  write: () => state.words || null,
  read: (text) => {
    state.words = (text || "").trim().slice(0, 200);
  },
});

const yesOrNo = (entry) => [
  ["yes", []],
  ["no", [entry]],
];
addLinkPart({
  name: "document",
  write: () => (state.document === null ? null : ARTICLES[state.document].id),
  read: (text, complain) => {
    const number = ARTICLES.findIndex(({ id }) => id === text);
    if (text !== undefined && number < 0) complain(`the link asks for a document '${harmless(text)}' that is not here`);
    state.document = number < 0 ? null : number;
  },
});

addChoice("lone", "lone", new Map(yesOrNo("lone")), lonely > 40 ? "no" : "yes");
addChoice(
  "background",
  "basis",
  new Map([...yesOrNo("background"), ["only", ["text"]]]),
  beyond ? "no" : "yes",
);
