// The view of the page in its address, as a person would write it:
// #focus=Macron&hops=2&from=2025-02-17&relations=attended,metWith&statuses=actual&view=timeline

const linkParts = [];

/**
 * Add a part of the link.
 *
 * `write()` returns its text, or null where there is nothing to say. `read(text, complain, given)`
 * takes it into the state: `text` is undefined where the link has no such part, `complain` tells the
 * reader what is not there, `given` holds all parts. Those that select are read after the filters.
 */
function addLinkPart({ name, write, read, selects = false }) {
  linkParts.push({ name, write, read, selects });
}

/** Words of a link as they may be shown: short, and without signs that hide or turn others. */
function harmless(text) {
  const bare = text.replace(/[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g, "");
  return bare.length > 60 ? `${bare.slice(0, 59)}…` : bare;
}

/** The entity of that IRI, name, alias or word of its name; of several the best connected. */
function nodeCalled(who) {
  const wanted = fold(who);
  const also = (node) => node.aliases.some((name) => fold(name) === wanted);
  const partly = (node) => fold(node.name).split(" ").includes(wanted);
  const named = (node) => fold(node.name) === wanted;
  return nodeByKey.get(who) || ranked.find(named) || ranked.find(also) || ranked.find(partly);
}

function nodeOf(who, complain) {
  if (!who) return null;
  const found = nodeCalled(who);
  if (!found) complain(`the link asks for '${harmless(who)}', who or what is not here`);
  return found || null;
}

const encoded = (text) =>
  encodeURIComponent(text).replace(/%(3A|2F|2C|40)/g, decodeURIComponent);

let given = new Map(); // what the link says, read last

/** Whether the link asks for less than everything; then it is not widened for what it selects. */
const linkNarrows = () =>
  linkParts.some(({ name, selects }) => !selects && name !== "view" && given.has(name));

function linkSays(link) {
  const parts = new Map();
  for (const part of link.replace(/^#/, "").split(":~:")[0].split("&").slice(0, 50)) {
    const [name, ...value] = part.split("=");
    if (name) parts.set(name, attempt(() => decodeURIComponent(value.join("=")), ""));
  }
  return parts;
}

function linkNow() {
  const parts = linkParts.map(({ name, write }) => [name, write()]).filter(([, text]) => text !== null);
  return `#${parts.map(([name, text]) => `${name}=${encoded(text)}`).join("&")}`;
}

// A browser refuses a page that writes its address too often, as dragging a handle would.
const pace = { reading: false, times: [], later: 0 };

/** Put the state into the address; what a reader chose is a step that Back undoes. */
function writeLink(what) {
  clearTimeout(pace.later);
  const now = Date.now();
  pace.times = pace.times.filter((time) => now - time < 10000);
  if (pace.times.length > 60) {
    pace.later = setTimeout(writeLink, 400, what);
    return;
  }
  const wanted = linkNow();
  if (pace.reading || wanted === (location.hash || "#")) return;
  pace.times.push(now);
  const step = what === "select" || what === "view" ? "pushState" : "replaceState";
  attempt(() => history[step](null, "", wanted));
}

/** Take the view from the address; one without a "#" opens as the page was made to. */
function readLink() {
  given = linkSays(location.href.includes("#") ? location.hash : FACTS.opens);
  state.notices = [];
  const complain = (words) => state.notices.push(words);
  const known = new Set(linkParts.map((part) => part.name));
  for (const name of given.keys())
    if (!known.has(name)) complain(`the link says '${harmless(name)}', which means nothing here`);
  const read = (parts) => parts.forEach((part) => part.read(given.get(part.name), complain, given));
  pace.reading = true;
  Object.assign(state, { focus: null, edge: null, path: null, passage: null });
  read(linkParts.filter((part) => !part.selects));
  change("filter");
  read(linkParts.filter((part) => part.selects));
  redraw("filter");
  pace.reading = false;
  writeLink("filter");
  bringIntoView();
}

// --- taking the link along

/** The address of what is seen; in a cell of a notebook, which has none, what would follow it. */
const addressNow = () =>
  /^(file|https?):$/.test(location.protocol) ? location.href.split("#")[0] + linkNow() : linkNow();

/** Copy the link, or show it where a sandboxed frame may not copy. */
async function takeLink(own = byId("copy")) {
  const address = addressNow();
  if (await copy(address)) {
    own.textContent = "Link copied";
    setTimeout(() => (own.textContent = "Copy link"), 2000);
    return;
  }
  const given = { class: "address", readonly: true, "aria-label": "Link to this view", value: address };
  const field = el("input", given);
  own.replaceWith(field);
  field.addEventListener("blur", () => field.replaceWith(own));
  field.focus();
  field.select();
}

byId("copy").addEventListener("click", () => takeLink());
