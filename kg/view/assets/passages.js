// Which stretches of an article are marked: the words of the selection, on demand all facts and quotes.

const marking = { facts: false, quotes: false }; // what is marked besides the selection

const longest = new Map(); // by article: its longest mention, so that they are found without a walk

/** The first place of an ordered list for which a test holds. */
function firstWhere(list, test) {
  let [low, high] = [0, list.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (test(list[middle])) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** The mentions that touch a stretch of an article; they stand in the order of their starts. */
function mentionsIn(article, from, to) {
  const { mentions } = article;
  if (!longest.has(article)) longest.set(article, mentions.reduce((most, [start, end]) => Math.max(most, end - start), 0));
  const reach = from - longest.get(article);
  const found = [];
  for (let at = firstWhere(mentions, ([start]) => start >= reach); at < mentions.length && mentions[at][0] < to; at += 1)
    if (mentions[at][1] > from) found.push(mentions[at]);
  return found;
}

/** The passages of the open article that prove the selected relation, or that were asked for. */
function marked() {
  const passages = [];
  if (state.edge !== null)
    for (const seen of edges.get(state.edge).evidence)
      if (seen.document === state.article) passages.push({ start: seen.start, end: seen.end, kind: "proof" });
  const current = state.passage || (passages.length ? [passages[0].start, passages[0].end] : null);
  const same = current && passages.find(({ start, end }) => start === current[0] && end === current[1]);
  if (same) same.current = true;
  else if (current) passages.push({ start: current[0], end: current[1], kind: "proof", current: true });
  if (marking.facts)
    for (const { edge, seen } of told()[state.article].facts)
      if (shown.edges.has(edge.id)) passages.push({ start: seen.start, end: seen.end, kind: "told", edge });
  if (marking.quotes)
    for (const { start, end, speaker } of told()[state.article].quotes) passages.push({ start, end, kind: "said", speaker });
  return passages.filter(({ start, end }) => end > start);
}

/** Cut a stretch of text wherever a mention or a marked passage begins or ends. */
function cut(from, to, spans) {
  const cuts = new Set([from, to]);
  for (const [start, end] of spans) {
    if (start > from && start < to) cuts.add(start);
    if (end > from && end < to) cuts.add(end);
  }
  return [...cuts].sort((a, b) => a - b);
}

const PARAGRAPH = 3000; // characters of a piece, where a text has no lines
const paragraphs = new Map();

/** Where the paragraphs of an article are; endless ones are cut between words. */
function paragraphsOf(article) {
  if (paragraphs.has(article)) return paragraphs.get(article);
  const made = [];
  let from = 0;
  for (const words of article.text.split("\n")) {
    const end = from + words.length;
    while (end - from > PARAGRAPH) {
      const space = article.text.lastIndexOf(" ", from + PARAGRAPH);
      let to = space > from ? space + 1 : from + PARAGRAPH;
      if (/[\udc00-\udfff]/.test(article.text[to])) to -= 1; // between the halves of one character
      made.push([from, to]);
      from = to;
    }
    if (article.text.slice(from, end).trim()) made.push([from, end]);
    from = end + 1;
  }
  paragraphs.set(article, made);
  return made;
}
