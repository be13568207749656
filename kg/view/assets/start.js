// Everything is connected here: what each change redraws, buttons, keys, dark and light.

function drawCounts() {
  byId("counts").textContent = [
    partOf(shown.nodes.size, nodes.size, "entity", "entities"),
    partOf(shown.edges.size, edges.size, "relation"),
    partOf(shown.quotes.length, FACTS.quotes.length, "statement"),
    partOf(shown.documents.size, ARTICLES.length, "document"),
  ].join(" · ");
}

function drawEmpty() {
  const note = byId("empty");
  const words = !nodes.size
    ? "No people, countries, organizations, places or events were found. The text stands under Article; is it English news text?"
    : !edges.size
      ? "Entities were found, but no relation between them. Click a name to see where it stands in the text."
      : !shown.nodes.size
        ? "Everything is hidden by the filters."
        : "";
  note.textContent = words;
  note.hidden = !words;
}

/** Draw again whatever a change of the state may touch. */
function redraw(what) {
  stage();
  if (what === "filter") {
    drawLegend();
    drawTimeline();
    drawCounts();
    drawEmpty();
  }
  drawSide(what);
  drawView(what);
  tellHost();
}

/** Show the view that is open, and draw it. */
function drawView(what = "view") {
  const { panel, draw } = views.get(state.view);
  document.querySelector("main").dataset.view = state.view;
  for (const other of new Set([...views.values()].map((view) => view.panel)))
    byId(other).hidden = other !== panel;
  byId(panel).setAttribute("aria-labelledby", `view-${state.view}`);
  for (const { name } of views.values()) {
    const open = name === state.view;
    byId(`view-${name}`).setAttribute("aria-selected", String(open));
    byId(`view-${name}`).tabIndex = open ? 0 : -1;
  }
  draw(what);
}

function setTheme(dark) {
  theme.dark = dark;
  document.documentElement.dataset.theme = dark ? "dark" : "light";
  readPaper();
  drawColours();
  drawLegend();
  drawDetail();
  drawView("theme");
}

const remembered = () => attempt(() => localStorage.getItem("kg-theme"));
const system = matchMedia("(prefers-color-scheme: dark)");
system.addEventListener("change", () => remembered() || setTheme(system.matches));

function flipTheme() {
  attempt(() => localStorage.setItem("kg-theme", theme.dark ? "light" : "dark"));
  setTheme(!theme.dark);
}

function setView(view) {
  change("view", { view });
  if (view === "graph") showAll();
  else byId(views.get(view).panel).focus();
}

/** Make the tabs; the arrow keys walk through them, as everywhere. */
function makeTabs() {
  const names = [...views.keys()];
  const walk = (event) => {
    const way = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!way) return;
    event.preventDefault();
    event.stopPropagation();
    const next = names.at((names.indexOf(state.view) + way) % names.length);
    change("view", { view: next });
    byId(`view-${next}`).focus();
  };
  for (const { name, title, key, panel } of views.values()) {
    const given = { role: "tab", id: `view-${name}`, "aria-controls": panel, title: `${title} (${key.toUpperCase()})` };
    const tab = button(given, () => setView(name), title);
    tab.addEventListener("keydown", walk);
    byId("views").append(tab);
    keys.set(key, () => setView(name));
    byId("view-keys").append(el("kbd", {}, key.toUpperCase()), " ");
  }
  byId("view-names").append([...views.values()].map((view) => view.title.toLowerCase()).join(", "));
}

function openFilters(open = !document.body.classList.contains("filtering")) {
  document.body.classList.toggle("filtering", open);
  byId("filters").setAttribute("aria-expanded", String(open));
}

// Where the filters lie over the graph, a press beside them puts them away.
addEventListener("pointerdown", (event) => {
  if (!event.target.closest("#legend, #filters")) openFilters(false);
});

/** Walk through the entities. */
function step(direction) {
  if (scene.kind === "overview" && state.view === "graph") return walkBubbles(direction);
  const list = ranked.filter((node) => shown.nodes.has(node.id));
  const at = list.findIndex((node) => node.id === state.focus);
  const next = at < 0 && direction < 0 ? -1 : (at + direction) % list.length;
  return list.length ? selectNode(list.at(next).id) : undefined;
}

/** Walk through the relations of the selected entity. */
function nextRelation() {
  if (scene.kind === "overview") return openReached();
  const own = state.focus ?? (state.edge === null ? null : edges.get(state.edge).source);
  if (own === null) return undefined;
  const list = nodes.get(own).edges.filter((edge) => shown.edges.has(edge.id));
  if (!list.length) return undefined;
  const next = list[(list.findIndex((edge) => edge.id === state.edge) + 1) % list.length];
  return selectEdge(next.id, { of: own });
}

const keys = new Map([
  [
    "/",
    () => {
      byId("query").focus();
      byId("query").select();
    },
  ],
  [
    "Escape",
    () => {
      openFilters(false);
      const nothing = [state.focus, state.edge, state.path, state.around].every((one) => one === null);
      if (nothing && stepBack()) return;
      if (state.around !== null) showAround(null);
      selectNothing();
    },
  ],
  ["n", () => step(1)],
  ["p", () => step(-1)],
  ["f", () => showAll()],
  ["+", () => zoom(1.3)],
  ["-", () => zoom(1 / 1.3)],
  ["j", () => stepThrough(1)],
  ["k", () => stepThrough(-1)],
  ["o", () => openPart("detail")],
  ["a", () => openPart("article")],
  ["d", () => openPart("documents")],
  ["c", () => byId("copy")?.click()],
  ["t", flipTheme],
  ["?", () => byId("help").showModal()],
]);
const keysInGraph = new Map([
  ["Enter", nextRelation],
  ["ArrowLeft", () => pan(-80, 0)],
  ["ArrowRight", () => pan(80, 0)],
  ["ArrowUp", () => pan(0, -80)],
  ["ArrowDown", () => pan(0, 80)],
]);

addEventListener("keydown", (event) => {
  const writing = event.target.matches?.("input:not([type=range], [type=checkbox]), textarea, select");
  if (event.ctrlKey || event.metaKey || event.altKey || writing || byId("help").open) return;
  const inGraph = event.target === byId("network") || event.target === document.body;
  const act = keys.get(event.key) || (inGraph && state.view === "graph" ? keysInGraph.get(event.key) : null);
  if (!act) return;
  event.preventDefault();
  act();
});

byId("theme").addEventListener("click", flipTheme);
byId("filters").addEventListener("click", () => openFilters());
byId("help-open").addEventListener("click", () => byId("help").showModal());
byId("help-close").addEventListener("click", () => byId("help").close());
byId("zoom-in").addEventListener("click", () => zoom(1.3));
byId("zoom-out").addEventListener("click", () => zoom(1 / 1.3));
byId("zoom-fit").addEventListener("click", () => showAll());
byId("signs").append(
  ...FACTS.statuses.map((status) =>
    el("li", {}, statusLine(status), el("b", {}, status), ` ${statusWords[status]}`),
  ),
);
addEventListener("hashchange", readLink);

new ResizeObserver(() => {
  network.setSize("100%", "100%");
  if (state.view === "graph" && state.focus === null && state.edge === null)
    showAll(drawn(), { animation: false });
  drawSoon();
}).observe(byId("network"));

makeTabs();
setTheme(remembered() ? remembered() === "dark" : system.matches);
network.once("afterDrawing", () => {
  showAll(drawn(), { animation: false });
  readLink();
  document.documentElement.dataset.ready = "true";
  sayReady();
});
