// On paper: the view, what is selected with all its evidence, and the documents, black on white.

const printed = { dark: false, unfolded: [] }; // what paper alone has, to be taken back

/** A picture of the graph as it is seen: on paper the drawing itself would find another size. */
function pictureOfGraph() {
  network.redraw();
  const drawn = network.canvas.frame.canvas;
  const picture = el("canvas", { id: "printed", width: drawn.width, height: drawn.height });
  if (drawn.width && drawn.height) picture.getContext("2d").drawImage(drawn, 0, 0);
  return picture;
}

addEventListener("beforeprint", () => {
  printed.dark = theme.dark;
  if (printed.dark) setTheme(false);
  printed.unfolded = ["evidence", "shelf"].filter((name) => !unfolded.has(name));
  for (const name of printed.unfolded) unfolded.add(name);
  for (const part of ["detail", "documents"]) byId(part).hidden = false;
  byId("article").hidden = true;
  drawDetail();
  drawDocuments();
  byId("printed")?.remove();
  if (!byId("graph").hidden) byId("graph").append(pictureOfGraph());
});

addEventListener("afterprint", () => {
  byId("printed")?.remove();
  for (const name of printed.unfolded) unfolded.delete(name);
  if (printed.dark) setTheme(true);
  drawSide("part");
});
