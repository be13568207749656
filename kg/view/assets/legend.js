// The legend, which is also the filter: click hides or shows, Alt-click shows only this.

const statusWords = {
  actual: "stated as fact",
  planned: "planned or announced",
  possible: "possible, offered",
  negated: "denied, refused",
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

/** Hide or show a name; with Alt, only this one stays, or all come back if it already stood alone. */
function toggle(kind, name, all, only) {
  const off = state.off[kind];
  if (only) {
    const alone = !off.has(name) && all.every((other) => other === name || off.has(other));
    off.clear();
    if (!alone) for (const other of all) if (other !== name) off.add(other);
  } else if (!off.delete(name)) off.add(name);
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
    (event) => toggle(kind, name, all, event.altKey),
    sign,
    el("span", { class: "name", dir: "auto" }, label),
    el("span", { class: "number" }, String(number)),
  );
}

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
  const hidden = members.every((relation) => state.off.relation.has(relation.name));
  const only = (event) => {
    const off = state.off.relation;
    if (event.altKey) {
      const inside = new Set(members.map((relation) => relation.name));
      const alone = all.every((other) => off.has(other) !== inside.has(other));
      off.clear();
      if (!alone) for (const other of all) if (!inside.has(other)) off.add(other);
    } else for (const relation of members) hidden ? off.delete(relation.name) : off.add(relation.name);
    change("filter");
  };
  const total = members.reduce((sum, relation) => sum + numbers.get(relation.name), 0);
  return button(
    {
      class: "entry family",
      "aria-pressed": String(!hidden),
      "data-entry": `family:${name}`,
      title: "Click: hide or show the family. Alt-click: only this.",
    },
    only,
    el("span", { class: "name" }, name),
    el("span", { class: "number" }, String(total)),
  );
}

function drawLegend() {
  const legend = byId("legend");
  const focused = document.activeElement?.dataset?.entry;
  const scrolled = legend.scrollTop;
  const byType = tally(nodes.values(), (node) => node.type);
  const byRelation = tally(edges.values(), (edge) => edge.type);
  const byStatus = tally(edges.values(), (edge) => edge.status);
  const parts = [];

  const typeNames = FACTS.types.map((type) => type.name).filter((name) => byType.has(name));
  if (typeNames.length) parts.push(heading("Entities", "type", "lone"));
  for (const name of typeNames) {
    const type = types.get(name);
    const sign = el("img", { src: pictures[FACTS.signs[name]], alt: "", class: "sign" });
    parts.push(
      entry({ kind: "type", name, all: typeNames, sign, label: type.plural, number: byType.get(name) }),
    );
  }
  if (lonely && lonely < nodes.size) {
    const sign = el("span", { class: "sign hollow" });
    parts.push(
      entry({
        kind: "lone",
        name: "lone",
        all: ["lone"],
        sign,
        label: "without relations",
        number: lonely,
        title: "Named in the text, in no relation",
      }),
    );
  }

  const families = new Map();
  for (const relation of FACTS.relations) {
    if (!families.has(relation.family)) families.set(relation.family, []);
    families.get(relation.family).push(relation);
  }
  const all = FACTS.relations.map((relation) => relation.name);
  if (all.length) parts.push(heading("Relations", "relation"));
  for (const [name, members] of families) {
    parts.push(family(name, members, byRelation, all));
    for (const relation of members) {
      parts.push(
        entry({
          kind: "relation",
          name: relation.name,
          all,
          sign: line(ink(relation.colour)),
          label: relation.label,
          number: byRelation.get(relation.name),
          title: relation.gloss,
          level: "member",
        }),
      );
    }
  }

  const statusNames = FACTS.statuses.filter((name) => byStatus.has(name));
  if (statusNames.length) parts.push(heading("Status", "status"));
  for (const name of statusNames) {
    parts.push(
      entry({
        kind: "status",
        name,
        all: statusNames,
        sign: statusLine(name),
        label: name,
        number: byStatus.get(name),
        title: statusWords[name],
      }),
    );
  }
  legend.replaceChildren(...parts);
  legend.scrollTop = scrolled;
  if (focused) legend.querySelector(`[data-entry="${CSS.escape(focused)}"]`)?.focus();
}

function resetFilters() {
  for (const names of Object.values(state.off)) names.clear();
  change("filter", { around: null, time: { from: null, to: null, undated: true } });
}

/** The note over the graph that says what is not seen, with the way back. */
function drawChips() {
  const hiddenNodes = nodes.size - shown.nodes.size;
  const hiddenEdges = edges.size - shown.edges.size;
  const what = [
    hiddenNodes ? count(hiddenNodes, "entity", "entities") : null,
    hiddenEdges ? count(hiddenEdges, "relation") : null,
  ].filter(Boolean);
  const chip = el(
    "div",
    { class: "chip", role: "status" },
    `${what.join(" and ")} hidden ${state.around === null ? "by filters" : `far from ${nameOf(state.around)}`}`,
    button({}, resetFilters, "Reset"),
  );
  byId("chips").replaceChildren(...(what.length ? [chip] : []));
}
