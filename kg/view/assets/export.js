// What all ways of taking something along share: files, cells of a table, the clipboard.

function save(blob, name) {
  const address = URL.createObjectURL(blob);
  const anchor = el("a", { href: address, download: name });
  document.body.append(anchor);
  anchor.click();
  anchor.remove();
  setTimeout(() => URL.revokeObjectURL(address), 5000);
}

/** Text that a spreadsheet reads as text: a formula at its start is not run. */
function tame(value) {
  const text = value === null || value === undefined ? "" : String(value);
  return /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
}

/** A cell of a CSV file. */
const cell = (value) => `"${tame(value).replace(/"/g, '""')}"`;

/** A cell of copied rows, where tabs and new lines part the cells. */
const plainCell = (value) => tame(String(value ?? "").replace(/\s+/g, " ").trim());

/** Put text on the clipboard; where that is refused, as in a frame, by way of a text field. */
async function copy(text) {
  try {
    if (!isSecureContext || location.protocol === "about:") throw new Error("no clipboard");
    await navigator.clipboard.writeText(text);
    return true;
  } catch (refused) {
    const before = document.activeElement;
    const field = el("textarea", { class: "aside", "aria-hidden": "true" });
    field.value = text;
    document.body.append(field);
    field.select();
    const done = attempt(() => document.execCommand("copy"), false);
    field.remove();
    before?.focus({ preventScroll: true });
    return done;
  }
}

/** Offsets in files count code points, those in the browser UTF-16 units. */
const codePoints = (text, at) => Array.from(text.slice(0, at)).length;
