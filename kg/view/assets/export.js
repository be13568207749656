// Taking along what is shown: a picture, and a table for a spreadsheet.

function save(blob, name) {
  const address = URL.createObjectURL(blob);
  const anchor = el("a", { href: address, download: name });
  document.body.append(anchor);
  anchor.click();
  anchor.remove();
  setTimeout(() => URL.revokeObjectURL(address), 5000);
}

/** Text that a spreadsheet reads as text: a formula at its start is not run. */
function tame(value) {
  const text = value === null || value === undefined ? "" : String(value);
  return /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
}

/** A cell of a CSV file. */
const cell = (value) => `"${tame(value).replace(/"/g, '""')}"`;

/** A cell of copied rows, where tabs and new lines part the cells. */
const plainCell = (value) => tame(value).replace(/\s+/g, " ").trim();

/** Put text on the clipboard; where that is refused, as in a frame, by way of a text field. */
async function copy(text) {
  try {
    if (!isSecureContext || location.protocol === "about:") throw new Error("no clipboard");
    await navigator.clipboard.writeText(text);
    return true;
  } catch (refused) {
    const before = document.activeElement;
    const field = el("textarea", { class: "aside", "aria-hidden": "true" });
    field.value = text;
    document.body.append(field);
    field.select();
    const done = attempt(() => document.execCommand("copy"), false);
    field.remove();
    before?.focus({ preventScroll: true });
    return done;
  }
}

/** Offsets in files count code points, those in the browser UTF-16 units. */
const codePoints = (text, at) => Array.from(text.slice(0, at)).length;

function table() {
  const rows = [
    [
      "subject",
      "relation",
      "object",
      "status",
      "title",
      "former",
      "date",
      "place",
      "evidence",
      "document",
      "start",
      "end",
      "score",
      "basis",
    ],
  ];
  for (const edge of edges.values()) {
    if (!shown.edges.has(edge.id)) continue;
    for (const seen of edge.evidence) {
      rows.push([
        nameOf(edge.source),
        edge.type,
        nameOf(edge.target),
        edge.status,
        edge.title,
        edge.former,
        seen.date,
        seen.place === null ? null : nameOf(seen.place),
        wordsOf(seen),
        ARTICLES[seen.document].id,
        codePoints(ARTICLES[seen.document].text, seen.start),
        codePoints(ARTICLES[seen.document].text, seen.end),
        seen.score,
        seen.basis,
      ]);
    }
  }
  return rows.map((row) => row.map(cell).join(",")).join("\r\n");
}

byId("csv").addEventListener("click", () =>
  save(new Blob(["\ufeff", table()], { type: "text/csv" }), "relations.csv"),
);

/** Draw what is seen at twice the size, for print, and put the drawing back. */
byId("png").addEventListener("click", () => {
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
});
