// The legend, which is also the filter: click hides or shows, Alt-click shows only this.

// How many there are in all, which no filter changes.
const totals = {
  type: tally(nodes.values(), (node) => node.type),
  status: tally(edges.values(), (edge) => edge.status),
  relation: tally(edges.values(), (edge) => edge.type),
};
const SCORES = [0.5, 0.7, 0.8, 0.9]; // steps of the least score
const likely = new Map([0, ...SCORES].map((least) => [least, 0]));
for (const { score } of edges.values())
  for (const least of likely.keys()) if (score >= least) likely.set(least, likely.get(least) + 1);

const statusWords = {
  actual: "stated as fact",
  planned: "agreed or announced, not yet done",
  possible: "may be, or was offered",
  negated: "denied or refused",
};

const line = (colour, dashes, crossed) =>
  svg(
    "svg",
    { viewBox: "0 0 26 14", class: "line", "aria-hidden": "true" },
    svg("line", {
      x1: 1,
      x2: 25,
      y1: 7,
      y2: 7,
      stroke: colour,
      "stroke-width": 2.2,
      "stroke-dasharray": (dashes || []).join(" "),
    }),
    ...(crossed
      ? [svg("path", { d: "M9.500 3.500l7 7m0-7l-7 7", stroke: colour, "stroke-width": 2.2 })]
      : []),
  );

const statusLine = (status) =>
  line(
    status === "negated" ? ink(NEGATED) : "currentColor",
    { planned: [6, 4], possible: [1.6, 3.2], negated: [6, 3] }[status],
    status === "negated",
  );

/** Hide or show names; with Alt, only these stay, or all come back if they already stood alone. */
function toggle(kind, names, all, only) {
  const off = state.off[kind];
  const own = new Set(names);
  if (only) {
    const alone = all.every((name) => off.has(name) !== own.has(name));
    off.clear();
    if (!alone) for (const name of all) if (!own.has(name)) off.add(name);
  } else if (names.every((name) => off.has(name))) for (const name of names) off.delete(name);
  else for (const name of names) off.add(name);
  change("filter");
}

function entry({ kind, name, all, sign, label, number, title, level }) {
  return button(
    {
      class: `entry ${level || ""}`,
      "aria-pressed": String(!state.off[kind].has(name)),
      "data-entry": `${kind}:${name}`,
      title: `${title ? `${title}. ` : ""}Click: hide or show. Alt-click: only this.`,
    },
    (event) => toggle(kind, [name], all, event.altKey),
    sign,
    el("span", { class: "name", dir: "auto" }, label),
    numberOfAll(left[kind] instanceof Map ? left[kind].get(name) || 0 : left[kind], number),
  );
}

/** How many there are, or how many of them the other filters leave. */
const numberOfAll = (now, all) =>
  el("span", { class: "number", title: now === all ? null : `${now} of ${all} pass the other filters` }, now === all ? String(all) : `${now}/${all}`);

function heading(text, ...kinds) {
  const hidden = kinds.some((kind) => state.off[kind].size > 0);
  const all = button(
    { class: "all" },
    () => {
      for (const kind of kinds) state.off[kind].clear();
      change("filter");
    },
    "show all",
  );
  return el("h2", {}, text, hidden ? all : null);
}

function family(name, members, numbers, all) {
  const names = members.map((relation) => relation.name);
  const sum = (counted) => names.reduce((total, member) => total + (counted.get(member) || 0), 0);
  return button(
    {
      class: "entry family",
      "aria-pressed": String(!names.every((member) => state.off.relation.has(member))),
      "data-entry": `family:${name}`,
      title: "Click: hide or show the family. Alt-click: only this.",
    },
    (event) => toggle("relation", names, all, event.altKey),
    el("span", { class: "name" }, name),
    numberOfAll(sum(left.relation), sum(numbers)),
  );
}

function typeEntries() {
  const numbers = totals.type;
  const all = FACTS.types.map((type) => type.name).filter((name) => numbers.has(name));
  const parts = all.map((name) => {
    const sign = el("img", { src: pictures[FACTS.signs[name]], alt: "", class: "sign" });
    return entry({ kind: "type", name, all, sign, label: types.get(name).plural, number: numbers.get(name) });
  });
  if (lonely && lonely < nodes.size)
    parts.push(
      entry({
        kind: "lone",
        name: "lone",
        all: ["lone"],
        sign: el("span", { class: "sign hollow" }),
        label: "without relations",
        number: lonely,
        title: "Named in the text, in no relation",
      }),
    );
  return parts.length ? [heading("Entities", "type", "lone"), ...parts] : [];
}

function statusEntries() {
  const numbers = totals.status;
  const all = FACTS.statuses.filter((name) => numbers.has(name));
  const parts = all.map((name) =>
    entry({
      kind: "status",
      name,
      all,
      sign: statusLine(name),
      label: name,
      number: numbers.get(name),
      title: statusWords[name],
    }),
  );
  return parts.length ? [heading("Status", "status"), ...parts] : [];
}

/** A step of the least score is offered where it hides something that the last one shows. */
function scoreEntries() {
  const above = (least) => likely.get(least);
  const steps = SCORES.filter((least) => above(least) < edges.size);
  if (!steps.length) return [];
  const step = (least) =>
    button(
      {
        "aria-pressed": String(state.least === least),
        "data-entry": `score:${least}`,
        title: least
          ? `Only the ${above(least)} of ${edges.size} relations whose score is at least ${least}`
          : "All relations, however sure",
      },
      () => change("filter", { least }),
      least ? `${Math.round(least * 100)} %` : "all",
    );
  return [
    heading("Likely right, at least"),
    el("div", { class: "steps", role: "group", "aria-label": "Least score" }, [0, ...steps].map(step)),
  ];
}

function basisEntries() {
  if (!beyond) return [];
  const added = entry({
    kind: "basis",
    name: "background",
    all: ["text", "background"],
    sign: line("currentColor", [2, 2]),
    label: "from our tables",
    number: beyond,
    title: "Known beforehand; no text says it",
  });
  return [heading("Background", "basis"), added];
}

function relationEntries() {
  const numbers = totals.relation;
  const all = FACTS.relations.map((relation) => relation.name);
  const families = new Map();
  for (const relation of FACTS.relations)
    families.set(relation.family, [...(families.get(relation.family) || []), relation]);
  const parts = [...families].flatMap(([name, members]) => [
    family(name, members, numbers, all),
    ...members.map((relation) =>
      entry({
        kind: "relation",
        name: relation.name,
        all,
        sign: line(ink(relation.colour)),
        label: relation.label,
        number: numbers.get(relation.name),
        title: relation.gloss,
        level: "member",
      }),
    ),
  ]);
  return parts.length ? [heading("Relations", "relation"), ...parts] : [];
}

function drawLegend() {
  const legend = byId("legend");
  const focused = document.activeElement?.dataset?.entry;
  const scrolled = legend.scrollTop;
  legend.replaceChildren(
    ...markEntries(),
    ...typeEntries(),
    ...statusEntries(),
    ...scoreEntries(),
    ...communityEntries(),
    ...basisEntries(),
    ...relationEntries(),
  );
  legend.scrollTop = scrolled;
  if (focused) legend.querySelector(`[data-entry="${CSS.escape(focused)}"]`)?.focus();
}
