// The query editor: write, run, stop, share; everything it needs comes from this server.
import { filled, offset, paint } from "./sparql.js";
import { Table } from "./results.js";

const byId = (id) => document.getElementById(id);
const [query, colours, gutter, named] = ["query", "colours", "gutter", "named"].map(byId);
const START = `# What is related to what? Any of the questions beside is a query to start from.
SELECT ?one ?relation ?other (COUNT(DISTINCT ?document) AS ?documents) WHERE {
  GRAPH ?document {
    ?assertion kg:relation ?relation ; kg:status kg:actual ;
               kg:subject ?a ; kg:object ?b .
  }
  ?a rdfs:label ?one .
  ?b rdfs:label ?other .
}
GROUP BY ?one ?relation ?other
ORDER BY DESC(?documents) ?one
LIMIT 100`;

const known = await (await fetch("/api/queries")).json();
const spaces = Object.entries(known.prefixes).sort((one, other) => other[1].length - one[1].length);
const table = new Table(byId("table"), byId("more"), {
  short(iri) {
    const space = spaces.find(([, start]) => iri.startsWith(start));
    return space ? `${space[0]}:${iri.slice(space[1].length)}` : iri;
  },
  address(iri) {
    if (iri.startsWith(known.base)) {
      const [path, ...hash] = iri.slice(known.base.length).split("#");
      return `/id/${path}${hash.length ? `#${hash.join("#")}` : ""}`;
    }
    const ours = iri.startsWith(known.prefixes.kg);
    return /^https?:\/\//.test(iri) && !ours ? iri : null;
  },
});
let running = null;
let chosen = null;
let answered = "";

function drawn(wrong = -1) {
  paint(colours, query.value, wrong);
  const lines = query.value.split("\n").length;
  const line = wrong < 0 ? 0 : query.value.slice(0, wrong).split("\n").length;
  const numbers = Array.from({ length: lines }, (_, place) => {
    const number = document.createElement("span");
    number.textContent = place + 1;
    if (place + 1 === line) number.className = "wrong";
    return number;
  });
  gutter.replaceChildren(...numbers);
  byId("code").style.setProperty("--lines", Math.min(Math.max(lines, 8), 20));
  scrolled();
}

function scrolled() {
  colours.style.transform = `translate(${-query.scrollLeft}px, ${-query.scrollTop}px)`;
  gutter.style.transform = `translateY(${-query.scrollTop}px)`;
}

function write(text) {
  query.value = text;
  query.setSelectionRange(0, 0);
  query.scrollTop = 0;
  byId("problem").hidden = true;
  drawn();
}

function choose(entry) {
  chosen = entry;
  for (const button of named.querySelectorAll("button")) {
    button.setAttribute("aria-pressed", String(button.value === entry?.name));
  }
  const fields = Object.entries(entry?.parameters ?? {}).map(([name, meaning]) => {
    const label = document.createElement("label");
    const input = document.createElement("input");
    input.name = name;
    input.placeholder = meaning;
    input.title = meaning;
    input.addEventListener("input", fill);
    label.append(name, input);
    return label;
  });
  byId("parameters").replaceChildren(...fields);
  byId("parameters").hidden = !fields.length;
  if (entry) write(bare(entry.text));
}

// What a shipped query says for other engines: its question, and prefixes that are known here.
function bare(text) {
  const said = (line) => {
    const space = /^PREFIX ([\w-]*): <(.*)>$/.exec(line);
    return /^# (question|parameter)/.test(line) || (space && known.prefixes[space[1]] === space[2]);
  };
  return text.split("\n").filter((line) => !said(line)).join("\n").trim();
}

function fill() {
  let text = bare(chosen.text);
  for (const input of byId("parameters").querySelectorAll("input")) {
    text = filled(text, input.name, input.value);
  }
  write(text);
}

function complain(words, line, column) {
  const wrong = line ? offset(query.value, line, column) : -1;
  byId("answer").hidden = true;
  byId("problem").hidden = false;
  byId("problem").replaceChildren(words);
  drawn(wrong);
  if (line) {
    const jump = document.createElement("button");
    jump.type = "button";
    jump.textContent = `Go to line ${line}`;
    jump.addEventListener("click", () => {
      query.focus();
      query.setSelectionRange(wrong, wrong);
    });
    byId("problem").append(" ", jump);
  }
}

async function ask(accept, signal) {
  const headers = { accept: `${accept}, application/problem+json;q=0.1` };
  return fetch("/sparql", { method: "POST", body: new URLSearchParams({ query: answered }), headers, signal });
}

async function run() {
  running?.abort();
  const ours = (running = new AbortController());
  answered = query.value;
  history.replaceState(null, "", `#${new URLSearchParams({ query: answered })}`);
  document.body.classList.add("busy");
  byId("stop").hidden = false;
  byId("problem").hidden = true;
  drawn();
  const start = performance.now();
  try {
    const response = await ask("application/sparql-results+json, text/turtle;q=0.9", ours.signal);
    const kind = response.headers.get("content-type") ?? "";
    if (!response.ok) {
      const problem = kind.includes("json") ? await response.json() : { detail: await response.text() };
      complain(problem.detail, problem.line, problem.column);
      return;
    }
    const answer = kind.includes("json") ? await response.json() : await response.text();
    const time = performance.now() - start;
    await show(answer, time, response.headers.get("kg-truncated"));
  } catch (error) {
    if (error.name !== "AbortError") complain(`The server does not answer (${error.message}).`);
    else if (running === ours) complain("Stopped.");
  } finally {
    if (running === ours) {
      running = null;
      document.body.classList.remove("busy");
      byId("stop").hidden = true;
    }
  }
}

async function show(answer, time, cut) {
  const took = time < 1000 ? `${Math.round(time)} ms` : `${(time / 1000).toFixed(1)} s`;
  const rows = answer.results?.bindings;
  byId("problem").hidden = true;
  byId("answer").hidden = false;
  byId("more").hidden = true;
  byId("filter").value = "";
  byId("filter").hidden = !rows || rows.length < 2;
  byId("csv").hidden = !rows;
  byId("json").textContent = typeof answer === "string" ? "Turtle" : "JSON";
  byId("cut").hidden = !cut;
  byId("cut").textContent = cut
    ? `There is more: the answer was cut at ${Number(cut.split("=")[1]).toLocaleString("en")} ${cut.split("=")[0]}. Add a LIMIT and an OFFSET, or ask for less.`
    : "";
  if (rows) {
    const number = rows.length.toLocaleString("en");
    byId("summary").textContent = `${number} ${rows.length === 1 ? "row" : "rows"} in ${took}`;
    if (rows.some((row) => Object.values(row).some((term) => isDocument(term)))) await titles();
    table.show(answer);
    return;
  }
  const shown = document.createElement(typeof answer === "string" ? "pre" : "p");
  shown.className = typeof answer === "string" ? "turtle" : "verdict";
  if (typeof answer === "string") paint(shown, answer);
  else shown.textContent = answer.boolean ? "yes" : "no";
  byId("summary").textContent = `in ${took}`;
  byId("table").replaceChildren(shown);
}

function isDocument(term) {
  return term.type === "uri" && term.value.startsWith(`${known.base}document/`);
}

async function titles() {
  if (table.titles.size) return;
  const response = await fetch("/api/documents?limit=1000");
  if (!response.ok) return;
  for (const one of (await response.json()).items) table.titles.set(one.iri, one.title);
}

async function download(name, accept) {
  const response = await ask(accept);
  const link = document.createElement("a");
  link.href = URL.createObjectURL(await response.blob());
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}

async function share() {
  history.replaceState(null, "", `#${new URLSearchParams({ query: query.value })}`);
  await navigator.clipboard.writeText(location.href);
  byId("share").textContent = "Copied";
  setTimeout(() => (byId("share").textContent = "Copy link"), 1500);
}

function indent(event) {
  const line = query.value.slice(0, query.selectionStart).split("\n").at(-1);
  const spaces = /^\s*/.exec(line)[0] + (/[{(]\s*$/.test(line) ? "  " : "");
  if (!spaces) return;
  event.preventDefault();
  document.execCommand("insertText", false, `\n${spaces}`);
}

for (const entry of known.queries) {
  const item = document.createElement("li");
  const button = document.createElement("button");
  Object.assign(button, { type: "button", value: entry.name, textContent: entry.question });
  button.title = entry.name;
  button.setAttribute("aria-pressed", "false");
  button.addEventListener("click", () => {
    choose(entry);
    run();
  });
  item.append(button);
  named.append(item);
}
for (const [name, start] of Object.entries(known.prefixes)) {
  const [term, meaning] = [document.createElement("dt"), document.createElement("dd")];
  term.textContent = `${name}:`;
  meaning.textContent = start;
  byId("prefixes").append(term, meaning);
}
query.addEventListener("input", () => {
  if (chosen) choose(null);
  drawn();
});
query.addEventListener("scroll", scrolled);
query.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.ctrlKey && !event.metaKey && !event.isComposing) indent(event);
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    run();
  }
});
byId("form").addEventListener("submit", (event) => {
  event.preventDefault();
  run();
});
byId("stop").addEventListener("click", () => running?.abort());
byId("share").addEventListener("click", share);
byId("filter").addEventListener("input", (event) => table.filter(event.target.value));
byId("csv").addEventListener("click", () => download("answer.csv", "text/csv"));
byId("json").addEventListener("click", () => {
  const turtle = byId("json").textContent === "Turtle";
  download(turtle ? "answer.ttl" : "answer.json", turtle ? "text/turtle" : "application/sparql-results+json");
});
function opened() {
  const given = new URLSearchParams(location.hash.slice(1)).get("query");
  if (given !== null && given === query.value) return;
  write(given ?? START);
  if (given) run();
}
window.addEventListener("hashchange", opened);
opened();
document.body.dataset.ready = "true";
