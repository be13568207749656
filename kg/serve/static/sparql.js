// Colours for SPARQL: the same kinds of tokens as the server's, one span each.
const TOKEN = new RegExp(
  [
    "(?<comment>#[^\\n]*)",
    '(?<string>"""[^]*?"""|\'\'\'[^]*?\'\'\'|"(?:[^"\\\\\\n]|\\\\.)*"?|\'(?:[^\'\\\\\\n]|\\\\.)*\'?)',
    "(?<iri><[^<>\"{}|^`\\\\\\s]*>)",
    "(?<variable>[?$][\\p{L}\\p{N}_]+)",
    "(?<name>[\\p{L}\\p{N}_.-]*:[\\p{L}\\p{N}_.:%/-]*)",
    "(?<number>\\b\\d+(?:\\.\\d+)?\\b)",
    "(?<word>\\b[A-Za-z_]+\\b)",
    "(?<bracket>[{}()[\\]])",
  ].join("|"),
  "gu",
);
const KEYWORDS = new Set(
  `ADD ALL AS ASC ASK BASE BIND BY CLEAR CONSTRUCT COPY CREATE DATA DEFAULT DELETE DESC DESCRIBE
  DISTINCT DROP EXISTS FILTER FROM GRAPH GROUP HAVING IN INSERT INTO LIMIT LOAD MINUS MOVE NAMED NOT
  OFFSET OPTIONAL ORDER PREFIX REDUCED SELECT SEPARATOR SERVICE SILENT TO UNDEF UNION USING VALUES
  WHERE WITH a true false`.split(/\s+/),
);

/** Return the pieces of a text with their kind: "keyword", "iri", ... or "". */
export function pieces(text) {
  const found = [];
  let last = 0;
  for (const match of text.matchAll(TOKEN)) {
    if (match.index > last) found.push(["", text.slice(last, match.index)]);
    let [kind] = Object.entries(match.groups).find(([, value]) => value !== undefined);
    if (kind === "word") {
      const word = match[0];
      const known = KEYWORDS.has(word) || KEYWORDS.has(word.toUpperCase());
      kind = known ? "keyword" : /^\s*\(/.test(text.slice(match.index + word.length)) ? "function" : "";
    }
    found.push([kind, match[0]]);
    last = match.index + match[0].length;
  }
  if (last < text.length) found.push(["", text.slice(last)]);
  return found;
}

/** Show a text with colours; what starts at `wrong` (an offset) is marked. */
export function paint(target, text, wrong = -1) {
  const nodes = [];
  let place = 0;
  for (const [kind, words] of pieces(text)) {
    const bad = wrong >= place && wrong < place + words.length;
    const parts = bad && !kind ? split(words, wrong - place) : [[words, bad]];
    for (const [part, marked] of parts) {
      const span = document.createElement("span");
      span.className = [kind, marked ? "wrong" : ""].join(" ").trim();
      span.textContent = part;
      nodes.push(span);
    }
    place += words.length;
  }
  target.replaceChildren(...nodes, "\n");
}

function split(words, at) {
  const length = /^\S+/.exec(words.slice(at))?.[0].length ?? 1;
  return [[words.slice(0, at), false], [words.slice(at, at + length), true], [words.slice(at + length), false]]
    .filter(([part]) => part);
}

/** Return the offset of a line and column, both counted from 1 in code points. */
export function offset(text, line, column) {
  const lines = text.split("\n");
  const before = lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0);
  return before + [...(lines[line - 1] ?? "")].slice(0, column - 1).join("").length;
}

/** Return a query with a parameter filled in, as a literal that cannot break out. */
export function filled(text, name, value) {
  const escapes = { "\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t" };
  const literal = value.replace(/[\\"\n\r\t]/g, (one) => escapes[one]);
  return text.replace(`VALUES ?${name} { "" }`, () => `VALUES ?${name} { "${literal}" }`);
}
