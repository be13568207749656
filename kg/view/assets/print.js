// On paper: the graph, what is selected with all its evidence, and the documents, black on white.

const printed = { dark: false };

addEventListener("beforeprint", () => {
  printed.dark = theme.dark;
  if (printed.dark) setTheme(false);
  for (const name of ["evidence", "shelf"]) unfolded.add(name);
  for (const part of ["detail", "documents"]) byId(part).hidden = false;
  byId("article").hidden = true;
  drawDetail();
  drawDocuments();
  network.redraw();
});

addEventListener("afterprint", () => {
  for (const name of ["evidence", "shelf"]) unfolded.delete(name);
  if (printed.dark) setTheme(true);
  drawSide("part");
});
