// Bundles: of many facts between the same two entities one line is drawn, with their number, until
// one of the two or of the facts is selected; then they fan out. Facts of another status are no
// part of a bundle: what is planned or denied is never hidden behind what happened.

const bundles = new Map(); // the facts that a line stands for, by the id of the line
const LOOSE = 4; // at the scale of an article so many facts make a bundle, else two

/** Whether the facts of a pair are drawn one by one. */
function fanned(members) {
  const [{ source, target }] = members;
  if (state.focus === source || state.focus === target) return true;
  return members.some(({ id }) => id === state.edge || state.path?.edges.includes(id));
}

/** Bundle what is drawn; return the facts that are behind the line of another. */
function bundleUp() {
  bundles.clear();
  const behind = new Set();
  const least = scene.ids.size <= ALL_NAMES ? LOOSE : 2;
  for (const members of scene.pairs) {
    if (members.length < least || fanned(members)) continue;
    for (const status of FACTS.statuses) {
      const alike = members.filter((edge) => edge.status === status && shown.edges.has(edge.id));
      if (alike.length < least) continue;
      const line = alike[Math.floor((alike.length - 1) / 2)]; // the straightest
      bundles.set(line.id, alike);
      for (const edge of alike) if (edge !== line) behind.add(edge.id);
    }
  }
  return behind;
}

/** What is written on a line: of a bundle the fact most documents tell, and how many more. */
function wordsOn(edge) {
  const members = bundles.get(edge.id);
  if (!members) return edge.label;
  const told = members.reduce((best, next) => (next.documents > best.documents ? next : best));
  return `${told.label} +${members.length - 1}`;
}

/** What the tip says of a line. */
function tipOf(edge) {
  const members = bundles.get(edge.id);
  if (!members) {
    const words = wordsOf(edge.evidence[0]);
    return [sentence(edge), words.length > 220 ? `${words.slice(0, 219)}…` : words];
  }
  const more = members.length > 5 ? ` and ${members.length - 5} more` : "";
  const named = members.slice(0, 5).map((edge) => sentence(edge)).join("; ");
  return [`${count(members.length, "relation")}; click to see each`, named + more];
}
