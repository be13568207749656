// Unfolds a page that was made small for a notebook's cell, and runs it. Until that has happened
// nothing of the page is seen, so that the picture behind the frame stays where scripts may not run.
(async () => {
  const folded = document.getElementById("folded");
  const bytes = Uint8Array.from(atob(folded.textContent), (char) => char.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  const parts = JSON.parse(await new Response(stream).text());
  folded.remove();
  // A notebook gives a frame its size a moment after its text; no frame is drawn before it is seen.
  await new Promise(requestAnimationFrame);
  await new Promise(requestAnimationFrame);
  document.documentElement.hidden = false;
  for (const [tag, attributes, text] of parts) {
    const part = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) part.setAttribute(name, value);
    part.textContent = text; // runs only what the policy of the page has the hash of
    document.body.append(part);
  }
})();
