// Building the page: elements and text nodes only. No text of a document is ever read as HTML.

const byId = (id) => document.getElementById(id);

/** Make an element; `on` holds listeners, `style` CSS properties, other keys are attributes. */
function el(tag, given = {}, ...children) {
  const made = document.createElement(tag);
  for (const [key, value] of Object.entries(given)) {
    if (value === null || value === undefined || value === false) continue;
    if (key === "on") for (const [type, heard] of Object.entries(value)) made.addEventListener(type, heard);
    else if (key === "style")
      for (const [name, set] of Object.entries(value)) made.style.setProperty(name, set);
    else if (key === "class") made.className = value;
    else made.setAttribute(key, value === true ? "" : String(value));
  }
  made.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined));
  return made;
}

/** Make an SVG element. */
function svg(tag, given = {}, ...children) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [key, value] of Object.entries(given)) made.setAttribute(key, String(value));
  made.append(...children);
  return made;
}

/** A button that does one thing. */
const button = (given, act, ...children) =>
  el("button", { type: "button", ...given, on: { click: act } }, ...children);

/** A link to another site, or only its words where the address is not one of the web. */
function link(address, ...children) {
  if (!/^https?:\/\//i.test(address || "")) return el("span", {}, ...children);
  return el("a", { href: address, target: "_blank", rel: "noopener noreferrer" }, ...children);
}

/** One and many: `count(1, "relation")`, `count(3, "relation")`. */
const count = (number, one, many = `${one}s`) => `${number} ${number === 1 ? one : many}`;

/** How many of all are shown: "34 relations", or "2 of 34 relations". */
const partOf = (seen, all, one, many) => (seen === all ? "" : `${seen} of `) + count(all, one, many);

/** Letters without accents and case, one for one (İ alone would become two), so that offsets stay right. */
function fold(text) {
  return text.replace(/İ/g, "I").toLowerCase().replace(/[^\x00-\x7f]/g, (char) => {
    const bare = char
      .normalize("NFD")
      .replace(/[\u0300-\u036f]/g, "")
      .toLowerCase();
    return bare.length === 1 ? bare : char;
  });
}

const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

/** Storage and history throw inside a sandboxed frame, as in a notebook; the page works without. */
function attempt(act, otherwise = null) {
  try {
    return act();
  } catch (refused) {
    return otherwise;
  }
}
