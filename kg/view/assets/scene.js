// The scene: the part of the graph that is drawn. A small graph is drawn whole; of a large one its
// groups are, or one group, what is near an entity, a path, or what the filters leave.

const SMALL = 400; // so many entities that filters leave are drawn
const NEIGHBOURS = 200; // neighbours that are drawn of one entity
const PICTURES = 500; // in larger scenes entities are dots

const groups = FACTS.groups;
groups.forEach((group, number) => Object.assign(group, { number, parts: [], members: [] }));
for (const group of groups) if (group.parent !== null) groups[group.parent].parts.push(group);
for (const node of ranked)
  for (let at = node.group; at !== null; at = groups[at].parent) groups[at].members.push(node);

const ringColour = (place) => FACTS.rings[place % FACTS.rings.length];
const whole = nodes.size <= FACTS.whole; // whether all entities are drawn at once

const scene = {
  key: null, // what tells it from another
  kind: "all", // all, overview, group, near, found, path
  ids: new Set(), // entities that are given to the drawing
  of: null, // the entity that is near, or the number of the group
  seen: { nodes: [], edges: [] }, // what of it the filters leave; who is lettered first comes first
  pairs: [], // its relations, those between the same two entities together
  bubbles: new Map(), // groups drawn, by the id of their bubble
};

/** Whether an entity belongs to a group or to a part of it. */
function belongs(node, number) {
  let at = node.group;
  while (at !== null && at !== number) at = groups[at].parent;
  return at === number;
}

const dotted = () => scene.ids.size > PICTURES;

/** How large an entity is drawn. */
const sizeOf = (node) => (dotted() ? Math.max(6, node.size * 0.42) : node.size);

/** The scene around an entity: itself, and its best connected neighbours. */
function nearScene(id) {
  const all = [...neighbours(id)].filter((other) => other !== id && shown.nodes.has(other));
  all.sort((a, b) => nodes.get(b).degree - nodes.get(a).degree);
  const kept = all.slice(0, NEIGHBOURS);
  return { key: `near ${id} ${kept}`, kind: "near", of: id, ids: new Set([id, ...kept]), all: all.length + 1 };
}

/** What is drawn when nothing is selected. */
function baseScene() {
  if (whole) return { key: "all", kind: "all", of: null, ids: new Set(nodes.keys()) };
  if (state.around !== null) return nearScene(state.around);
  const own = state.community === null ? null : groups[state.community];
  if (own && !own.parts.length) {
    const ids = new Set(own.members.slice(0, FACTS.whole).map((node) => node.id));
    return { key: `group ${own.number}`, kind: "group", of: own.number, ids, all: own.members.length };
  }
  if (shown.nodes.size <= SMALL) {
    const ids = new Set(shown.nodes);
    return { key: `found ${[...ids]}`, kind: "found", of: null, ids };
  }
  return { key: `overview ${state.community}`, kind: "overview", of: state.community, ids: new Set() };
}

/** What is to be drawn now: the last scene as long as it holds what is selected. */
function wantedScene() {
  if (!whole && state.path !== null) {
    const { nodes: ids } = litParts();
    return { key: `path ${[...ids]}`, kind: "path", of: null, ids };
  }
  const base = baseScene();
  const ends = state.edge === null ? [] : [edges.get(state.edge).source, edges.get(state.edge).target];
  const lit = [state.focus, ...ends].filter((id) => id !== null);
  if (lit.every((id) => base.ids.has(id))) return base;
  if (scene.kind === "near" && lit.every((id) => scene.ids.has(id))) return scene;
  const around = nearScene(lit[0]);
  for (const id of lit) around.ids.add(id);
  return around;
}

const keptPlaces = new Map(); // places of scenes that are come back to

/** Where the entities of the scene stand. */
function places() {
  if (scene.kind === "all" && nodes.size <= FACTS.placed) return new Map([...nodes].map(([id, { x, y }]) => [id, { x: x * pull.x, y: y * pull.y }]));
  if (keptPlaces.has(scene.key)) return keptPlaces.get(scene.key);
  const ids = [...scene.ids];
  const boxes = ids.map((id) => boxAround(nodes.get(id)));
  const number = new Map(ids.map((id, place) => [id, place]));
  const lines = sceneEdges().map((edge) => [number.get(edge.source), number.get(edge.target)]);
  const found = scene.kind === "near" ? ringed(boxes) : placed(boxes, lines, aspect());
  const result = new Map(ids.map((id, place) => [id, found[place]]));
  if (scene.kind !== "near") keptPlaces.set(scene.key, result);
  return result;
}

const aspect = () => byId("network").clientWidth / Math.max(byId("network").clientHeight, 1);

/** The room a picture takes with its name. */
function boxAround(node) {
  const size = sizeOf(node);
  if (dotted()) return { width: 2 * size + 34, height: 2 * size + 22 };
  const name = 7.2 * Math.max(...node.lines.map((line) => line.length));
  return { width: Math.max(2 * size, name) + 14, height: 2 * size + 16 * node.lines.length + 16 };
}

/** The relations between entities of the scene. */
function sceneEdges() {
  const found = [];
  for (const id of scene.ids)
    for (const edge of nodes.get(id).edges)
      if (edge.source === id && scene.ids.has(edge.target)) found.push(edge);
  return found;
}

/** Draw another scene if the state asks for one, and hide in it what the filters hide. */
function stage() {
  const wanted = wantedScene();
  const other = wanted.key !== scene.key;
  if (other) {
    Object.assign(scene, { all: wanted.ids.size }, wanted);
    scene.bubbles.clear();
    hideTip();
    if (scene.kind !== "overview") {
      const at = places();
      network.setData({
        nodes: [...scene.ids].map((id) => asNode(nodes.get(id), at.get(id))),
        edges: sceneEdges().map(asEdge),
      });
      const drawnPairs = new Set(sceneEdges().map((edge) => pairs.get(pairOf(edge))));
      scene.pairs = [...drawnPairs].filter((members) => members.length > 1);
    }
  }
  if (scene.kind !== "overview") drawFilters();
  else if (state.view === "graph") drawOverview(); // elsewhere nobody sees it, and coming back draws it
  drawChips(); // first, for they take room
  if (other) showAll(drawn(), { animation: false });
}

/** The ids of what is drawn and seen: entities, or bubbles of groups. */
const drawn = () => (scene.kind === "overview" ? [...scene.bubbles.keys()] : scene.seen.nodes);

// --- the way through the scenes

function openGroup(number) {
  change("filter", { community: number, focus: null, edge: null, path: null, passage: null, around: null });
  showAll();
}

/** One step back; whether there was one. */
function stepBack() {
  if (state.community === null) return false;
  openGroup(groups[state.community].parent);
  return true;
}

/** What the scene is, and the way back; nothing where all is drawn. */
function sceneChip() {
  if (state.view !== "graph" || whole) return null;
  const back = (number, label) => button({ class: "crumb" }, () => openGroup(number), label);
  const trail = [];
  const last = scene.kind === "overview" ? scene.of : state.community;
  for (let at = last; at !== null; at = groups[at].parent) trail.unshift(at);
  const parts = [trail.length || scene.kind !== "overview" ? back(null, "Overview") : el("b", {}, "Overview")];
  trail.forEach((number, place) => {
    const here = place === trail.length - 1 && scene.kind !== "near" && scene.kind !== "path";
    parts.push(here ? el("b", { dir: "auto" }, groups[number].name) : back(number, groups[number].name));
  });
  if (scene.kind === "overview")
    parts.push(`${count(shown.nodes.size, "entity", "entities")} in ${count(scene.bubbles.size, "group")}`, groupChoice());
  else {
    const words = { near: () => `near ${nameOf(scene.of)}`, found: () => "what the filters leave", path: () => "a path" }[scene.kind];
    if (words) parts.push(el("b", { dir: "auto" }, words()));
    const number = scene.ids.size < scene.all ? `the ${scene.ids.size} best connected of ${scene.all}` : count(scene.ids.size, "entity", "entities");
    parts.push(number);
  }
  return el("div", { class: "chip crumbs", role: "status" }, parts);
}

/** The groups as a list, for the keyboard and for screen readers. */
function groupChoice() {
  const choice = el(
    "select",
    { "aria-label": "Open a group", on: { change: (event) => openGroup(Number(event.target.value)) } },
    el("option", { value: "" }, "open a group…"),
    [...scene.bubbles.values()].map(({ group, number }) => el("option", { value: group.number }, `${group.name} (${number})`)),
  );
  return choice;
}
