// Taking along what is shown: a picture, and a table for a spreadsheet.

function save(blob, name) {
  const address = URL.createObjectURL(blob);
  const anchor = el("a", { href: address, download: name });
  document.body.append(anchor);
  anchor.click();
  anchor.remove();
  setTimeout(() => URL.revokeObjectURL(address), 5000);
}

/** A cell that a spreadsheet reads as text: a formula at its start is not run. */
function cell(value) {
  const text = value === null || value === undefined ? "" : String(value);
  const tame = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return `"${tame.replace(/"/g, '""')}"`;
}

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
        seen.start,
        seen.end,
        seen.score,
      ]);
    }
  }
  return rows.map((row) => row.map(cell).join(",")).join("\r\n");
}

byId("csv").addEventListener("click", () =>
  save(new Blob(["\ufeff", table()], { type: "text/csv" }), "relations.csv"),
);

byId("png").addEventListener("click", () => {
  const drawn = byId("network").querySelector("canvas");
  const picture = el("canvas", { width: drawn.width, height: drawn.height });
  const pen = picture.getContext("2d");
  pen.fillStyle = paper.ground;
  pen.fillRect(0, 0, picture.width, picture.height);
  pen.drawImage(drawn, 0, 0);
  picture.toBlob((blob) => save(blob, "graph.png"), "image/png");
});
