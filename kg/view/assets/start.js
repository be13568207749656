// Everything is connected here: what each change redraws, buttons, keys, dark and light.

function drawCounts() {
  byId("counts").textContent = [
    partOf(shown.nodes.size, nodes.size, "entity", "entities"),
    partOf(shown.edges.size, edges.size, "relation"),
    count(FACTS.quotes.length, "statement"),
    count(ARTICLES.length, "document"),
  ].join(" · ");
}

function drawEmpty() {
  const note = byId("empty");
  const words = !nodes.size
    ? "No people, countries, organizations, places or events were found. The text stands on the right; is it English news text?"
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
  if (what === "filter") {
    drawFilters();
    drawLegend();
    drawChips();
    drawTimeline();
    drawCounts();
    drawEmpty();
  }
  drawDetail();
  drawArticle();
  drawTable();
  drawSoon();
}

function setTheme(dark) {
  theme.dark = dark;
  document.documentElement.dataset.theme = dark ? "dark" : "light";
  readPaper();
  drawColours();
  drawLegend();
  drawDetail();
  drawTable();
  drawSoon();
}

const remembered = attempt(() => localStorage.getItem("kg-theme"));
const system = matchMedia("(prefers-color-scheme: dark)");
system.addEventListener("change", () => setTheme(system.matches));

function flipTheme() {
  attempt(() => localStorage.setItem("kg-theme", theme.dark ? "light" : "dark"));
  setTheme(!theme.dark);
}

function setView(view) {
  change("view", { view });
  if (view === "graph") showAll();
  else byId("table").focus();
}

function openFilters(open = !document.body.classList.contains("filtering")) {
  document.body.classList.toggle("filtering", open);
  byId("filters").setAttribute("aria-expanded", String(open));
}

/** Walk through the entities. */
function step(direction) {
  const list = ranked.filter((node) => shown.nodes.has(node.id));
  const at = list.findIndex((node) => node.id === state.focus);
  const next = at < 0 && direction < 0 ? -1 : (at + direction) % list.length;
  if (list.length) selectNode(list.at(next).id);
}

let walked = null; // the entity whose relations Enter walks through

/** Walk through the relations of the selected entity. */
function nextRelation() {
  const own = state.edge === null ? state.focus : walked;
  if (own === null) return;
  const list = nodes.get(own).edges.filter((edge) => shown.edges.has(edge.id));
  if (!list.length) return;
  walked = own;
  selectEdge(list[(list.findIndex((edge) => edge.id === state.edge) + 1) % list.length].id);
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
      if (state.around !== null) showAround(null);
      selectNothing();
    },
  ],
  ["n", () => step(1)],
  ["p", () => step(-1)],
  ["f", () => showAll()],
  ["+", () => zoom(1.3)],
  ["-", () => zoom(1 / 1.3)],
  ["g", () => setView("graph")],
  ["r", () => setView("relations")],
  ["s", () => setView("statements")],
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
  const writing = event.target.matches?.("input[type=search], select");
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
for (const view of ["graph", "relations", "statements"])
  byId(`view-${view}`).addEventListener("click", () => setView(view));
byId("signs").append(
  ...FACTS.statuses.map((status) =>
    el("li", {}, statusLine(status), el("b", {}, status), ` ${statusWords[status]}`),
  ),
);
addEventListener("hashchange", readLink);

new ResizeObserver(() => {
  network.setSize("100%", "100%");
  if (state.view === "graph" && state.focus === null && state.edge === null)
    showAll(shown.nodes, { animation: false });
  drawSoon();
}).observe(byId("network"));

setTheme(remembered ? remembered === "dark" : system.matches);
network.once("afterDrawing", () => {
  showAll(shown.nodes, { animation: false });
  readLink();
  document.documentElement.dataset.ready = "true";
});
