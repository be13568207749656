// The drawing as a file: pixels, or lines and letters that a drawing program can change.

const DRAWN_LABELS = 600; // words on so many lines are drawn

/** Draw what is seen at twice the size, for print, and put the drawing back. */
function savePicture() {
  if (state.view !== "graph") setView("graph"); // what is hidden has no size
  const { clientWidth: width, clientHeight: height } = byId("network");
  const [position, scale] = [network.getViewPosition(), network.getScale()];
  const show = (factor) => {
    magnified = factor;
    network.setSize(`${width * factor}px`, `${height * factor}px`);
    network.moveTo({ position, scale: scale * factor });
    network.redraw();
  };
  show(2);
  const drawn = network.canvas.frame.canvas;
  const picture = el("canvas", { width: drawn.width, height: drawn.height });
  const pen = picture.getContext("2d");
  pen.fillStyle = paper.ground;
  pen.fillRect(0, 0, picture.width, picture.height);
  pen.drawImage(drawn, 0, 0);
  show(1);
  network.setSize("100%", "100%");
  picture.toBlob((blob) => save(blob, "graph.png"), "image/png");
}

/** Signs that no XML file may hold. */
const forXml = (text) => text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "");

const rounded = (number) => Math.round(number * 10) / 10;

/** Where a line starts, bends and ends, free of the pictures at its ends. */
function lineOf(from, to, bend) {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const length = Math.hypot(dx, dy) || 1;
  const middle = { x: (from.x + to.x) / 2 + bend * dy, y: (from.y + to.y) / 2 - bend * dx };
  const towards = (end, other, room) => {
    const far = Math.hypot(other.x - end.x, other.y - end.y) || 1;
    const part = Math.min(room / far, 0.45);
    return { x: end.x + (other.x - end.x) * part, y: end.y + (other.y - end.y) * part };
  };
  const start = towards(from, middle, from.size + 2);
  const end = towards(to, middle, to.size + 4);
  const half = { x: (start.x + 2 * middle.x + end.x) / 4, y: (start.y + 2 * middle.y + end.y) / 4 };
  return { start, middle, end, half, length };
}

const pointOf = ({ x, y }) => `${rounded(x)} ${rounded(y)}`;

/** A relation: its line with the dashes of its status, its arrow, and its words. */
function edgeDrawing(edge, from, to, lettered) {
  const colour = edgeColour(edge);
  const { start, middle, end, half } = lineOf(from, to, edge.bend || 0);
  const loop = edge.source === edge.target;
  const top = from.y - from.size;
  const course = loop
    ? `M${rounded(from.x - 8)} ${rounded(top)}c-30 -50 46 -50 16 0`
    : `M${pointOf(start)}Q${pointOf(middle)} ${pointOf(end)}`;
  const dashes = edge.basis === "background" ? [2, 2] : stroke[edge.status];
  const parts = [
    svg("title", {}, forXml(sentence(edge))),
    svg("path", {
      d: course,
      fill: "none",
      stroke: colour,
      "stroke-width": 2,
      ...(dashes ? { "stroke-dasharray": dashes.join(" ") } : {}),
    }),
  ];
  const at = loop ? { x: from.x, y: top - 38 } : half;
  if (!edge.symmetric && !loop) {
    const angle = rounded((Math.atan2(end.y - middle.y, end.x - middle.x) * 180) / Math.PI);
    const place = `translate(${pointOf(end)}) rotate(${angle})`;
    parts.push(svg("path", { d: "M2 0L-9 -4.5L-9 4.5z", fill: colour, transform: place }));
  }
  if (edge.status === "negated") {
    const place = `translate(${pointOf(at)})`;
    parts.push(svg("path", { d: "M-6 -6l12 12m0-12l-12 12", stroke: colour, "stroke-width": 2.4, transform: place }));
  }
  if (lettered) parts.push(lettering(edge.label, { x: at.x, y: at.y - 4 }, 11, colour));
  return svg("g", { "data-status": edge.status }, ...parts);
}

/** Words with a rim of the ground's colour, so that lines do not cross them. */
function lettering(words, { x, y }, size, colour) {
  const given = {
    x: rounded(x),
    y: rounded(y),
    fill: colour,
    stroke: paper.ground,
    "stroke-width": 3,
    "stroke-linejoin": "round",
    "paint-order": "stroke",
    "font-size": size,
    "text-anchor": "middle",
  };
  return svg("text", given, forXml(words));
}

/** An entity, or in the overview a group: its picture and its name. */
function nodeDrawing(drawnNode, pictureIds) {
  const { id, x, y, size } = drawnNode;
  const node = nodes.get(id);
  const name = node ? node.name : scene.bubbles.get(id).group.name;
  const colour = node ? ink(node.colour) : "#8899aa";
  const parts = [
    svg("title", {}, forXml(name)),
    svg("circle", { cx: rounded(x), cy: rounded(y), r: rounded(node && !dotted() ? size * 0.6 : size), fill: colour }),
  ];
  if (node && !dotted()) {
    const place = `translate(${rounded(x - size)} ${rounded(y - size)}) scale(${rounded(size * 2) / 100})`;
    parts.push(svg("use", { href: `#${pictureIds.get(node.picture)}`, transform: place }));
  }
  const lines = node ? node.lines : [name];
  lines.forEach((words, row) => {
    parts.push(lettering(words, { x, y: y + size + 15 + 16 * row }, 13, paper.ink || (theme.dark ? "#e6ecf4" : "#14202e")));
  });
  return svg("g", node ? { "data-type": node.type } : {}, ...parts);
}

/** The drawing as it is, as an SVG element. */
function drawingNow() {
  const held = (id) => {
    const { x, y, options } = network.body.nodes[id];
    return { id, x, y, size: options.size };
  };
  const seen = new Map(drawn().map((id) => [id, held(id)]));
  const all = [...seen.values()];
  const margin = 90;
  const low = (axis) => Math.min(0, ...all.map((one) => one[axis] - one.size)) - margin;
  const high = (axis) => Math.max(0, ...all.map((one) => one[axis] + one.size)) + margin;
  const [left, top, width, height] = [low("x"), low("y"), high("x") - low("x"), high("y") - low("y")].map(Math.round);
  const used = [...new Set(all.map(({ id }) => nodes.get(id)?.picture).filter(Boolean))];
  const pictureIds = new Map(used.map((picture, number) => [picture, `picture${number}`]));
  const kept = scene.kind === "overview" || dotted() ? [] : used;
  const lines = scene.kind === "overview" ? [] : scene.seen.edges.map((id) => edges.get(id));
  const lettered = lines.length <= DRAWN_LABELS;
  return svg(
    "svg",
    { viewBox: [left, top, width, height].join(" "), width, height, "font-family": "Helvetica, Arial, sans-serif" },
    svg("title", {}, forXml(FACTS.title)),
    svg("defs", {}, ...kept.map((href) => svg("image", { id: pictureIds.get(href), href, width: 100, height: 100 }))),
    svg("rect", { x: left, y: top, width, height, fill: paper.ground }),
    ...lines.map((edge) => edgeDrawing(edge, seen.get(edge.source), seen.get(edge.target), lettered)),
    ...all.map((one) => nodeDrawing(one, pictureIds)),
  );
}

function saveDrawing() {
  if (state.view !== "graph") setView("graph");
  const text = new XMLSerializer().serializeToString(drawingNow());
  save(new Blob([`<?xml version="1.0" encoding="UTF-8"?>\n${text}\n`], { type: "image/svg+xml" }), "graph.svg");
}
