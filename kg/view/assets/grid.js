// A table that stays quick with 40,000 rows: sorted by several keys, walked by arrows, marked, copied.

const WHOLE = 400; // as many rows are drawn at their natural height; of more only those seen
const ROW = 54; // pixels: the height of a row where not all are drawn
const BEYOND = 12; // rows drawn above and below those seen

const collator = new Intl.Collator("en", { numeric: true });

const compare = (a, b) => (typeof a === "number" ? a - b : collator.compare(String(a), String(b)));

const placings = new Map(); // by column: the place of each value in order

/** The places of the rows' values: comparing whole numbers is quick, comparing names is not. */
function ranksOf(rows, column) {
  const values = rows.map(column.value);
  let known = placings.get(column);
  if (!known || values.some((value) => !known.has(value))) {
    const all = new Set([...(known ? known.keys() : []), ...values]);
    known = new Map([...all].sort(compare).map((value, place) => [value, place]));
    placings.set(column, known);
  }
  return values.map((value) => known.get(value));
}

/** Sort rows by several keys; rows alike in all of them stay in the order given. */
function inOrder(rows, keys) {
  const ranked = keys.map(({ column, down }) => [ranksOf(rows, column), down ? -1 : 1]);
  const order = rows.map((_, place) => place);
  order.sort((a, b) => {
    for (const [ranks, way] of ranked) if (ranks[a] !== ranks[b]) return (ranks[a] - ranks[b]) * way;
    return a - b;
  });
  return order.map((place) => rows[place]);
}

const alike = (some, others) => some.length === others.length && some.every((one, at) => one === others[at]);

/**
 * Make a table of these columns. `open(row)` opens a row, `chosen(row)` tells whether it is open.
 *
 * Each column has a `title`, its share of the `width`, the `value` it is sorted by, what it shows
 * (`show`, a node or text) and what is copied (`text`); without these two, the value. Where all
 * rows hold the `blank` the column is left out.
 */
function makeGrid({ label, columns, open, chosen, said }) {
  const grid = { rows: [], given: [], keys: [{ column: columns[0], down: false }], at: 0, marked: new Set(), from: 0 };
  const head = el("thead");
  const body = el("tbody");
  const widths = el("colgroup");
  const table = el(
    "table",
    { role: "grid", "aria-label": label, "aria-multiselectable": "true" },
    widths,
    head,
    body,
  );
  const scroller = el("div", { class: "sheet-rows" }, table);
  let telling = [];
  let drawn = { first: 0, last: 0 };
  const windowed = () => grid.rows.length > WHOLE;

  // --- the heading

  function sortBy(column, add) {
    const had = grid.keys.find((key) => key.column === column);
    const key = { column, down: had ? !had.down : false };
    if (!add) grid.keys = [{ ...key, down: had && grid.keys.length === 1 ? !had.down : false }];
    else if (had) Object.assign(had, key);
    else grid.keys.push(key);
    const active = grid.rows[grid.at];
    grid.rows = inOrder(grid.given, grid.keys);
    grid.at = Math.max(0, grid.rows.indexOf(active));
    drawHead();
    scroller.scrollTop = 0;
    drawRows();
    head.querySelectorAll("button")[telling.indexOf(column)].focus();
    said(`sorted by ${grid.keys.map(({ column: by, down }) => by.title + (down ? ", descending" : "")).join(", then ")}`);
  }

  function headCell(column) {
    const place = grid.keys.findIndex((key) => key.column === column);
    const direction = place < 0 ? "" : grid.keys[place].down ? "↓" : "↑";
    const order = direction && grid.keys.length > 1 ? place + 1 : "";
    const sorted = place !== 0 ? "none" : grid.keys[0].down ? "descending" : "ascending";
    const given = { title: "Sort; with Shift as a further key" };
    return el(
      "th",
      { scope: "col", "aria-sort": sorted },
      button(
        given,
        (event) => sortBy(column, event.shiftKey),
        column.title,
        el("span", { class: "direction", "aria-hidden": "true" }, ` ${direction}${order}`),
      ),
    );
  }

  function drawHead() {
    const total = telling.reduce((sum, { width }) => sum + width, 0);
    widths.replaceChildren(
      ...telling.map(({ width }) => el("col", { style: { width: `${(100 * width) / total}%` } })),
    );
    head.replaceChildren(el("tr", { "aria-rowindex": 1 }, telling.map(headCell)));
    table.setAttribute("aria-rowcount", grid.rows.length + 1);
  }

  // --- the rows

  function rowOf(place) {
    const row = grid.rows[place];
    const active = place === grid.at;
    const cells = telling.map(({ value, show = value }) => el("td", { dir: "auto" }, show(row)));
    for (const inner of cells.flatMap((cell) => [...cell.querySelectorAll("button")]))
      inner.tabIndex = active ? 0 : -1;
    return el(
      "tr",
      {
        class: chosen(row) ? "chosen" : null,
        tabindex: active ? 0 : -1,
        "aria-rowindex": place + 2,
        "aria-selected": String(grid.marked.has(row)),
        "data-place": place,
      },
      cells,
    );
  }

  const gap = (rows) =>
    el("tr", { class: "gap", "aria-hidden": "true", style: { height: `${rows * ROW}px` } });

  function drawRows() {
    const number = grid.rows.length;
    table.classList.toggle("windowed", windowed());
    drawn = { first: 0, last: number };
    if (windowed()) {
      const first = Math.floor(scroller.scrollTop / ROW);
      const seen = Math.ceil((scroller.clientHeight || 800) / ROW);
      drawn = { first: Math.max(0, first - BEYOND), last: Math.min(number, first + seen + BEYOND) };
    }
    const focused = body.contains(document.activeElement);
    const made = [];
    for (let place = drawn.first; place < drawn.last; place++) made.push(rowOf(place));
    if (windowed()) {
      if (drawn.first) made.unshift(gap(drawn.first));
      if (drawn.last < number) made.push(gap(number - drawn.last));
    }
    body.replaceChildren(...made);
    if (focused) (rowAt(grid.at) || scroller).focus({ preventScroll: true });
    scroller.tabIndex = windowed() && !rowAt(grid.at) ? 0 : -1;
  }

  const rowAt = (place) => body.querySelector(`tr[data-place="${place}"]`);

  let asked = false;
  scroller.addEventListener("scroll", () => {
    if (!windowed() || asked) return;
    asked = true;
    requestAnimationFrame(() => {
      asked = false;
      const first = Math.floor(scroller.scrollTop / ROW);
      const last = first + Math.ceil(scroller.clientHeight / ROW);
      if (first < drawn.first || last > drawn.last) drawRows();
    });
  });

  /** Bring a row into view, with room for the heading that stays at the top. */
  function reach(place, middle = false) {
    const own = windowed() ? null : rowAt(place);
    const top = own ? own.offsetTop - head.offsetHeight : place * ROW;
    const height = own ? own.offsetHeight : ROW;
    const room = scroller.clientHeight - head.offsetHeight;
    if (top >= scroller.scrollTop && top + height <= scroller.scrollTop + room) return;
    const below = top + height > scroller.scrollTop + room;
    scroller.scrollTop = middle ? top - (room - height) / 2 : below ? top + height - room : top;
    if (windowed()) drawRows();
  }

  // --- keys and pointer

  function mark(place, { toggle = false, range = false } = {}) {
    const row = grid.rows[place];
    if (range) {
      const [first, last] = [Math.min(grid.from, place), Math.max(grid.from, place)];
      grid.marked = new Set(grid.rows.slice(first, last + 1));
    } else if (toggle) {
      if (!grid.marked.delete(row)) grid.marked.add(row);
      grid.from = place;
    } else grid.marked.clear();
    if (!range && !toggle) grid.from = place;
    if (grid.marked.size) said(`${count(grid.marked.size, "row")} marked`);
    for (const one of body.querySelectorAll("tr[data-place]"))
      one.setAttribute("aria-selected", String(grid.marked.has(grid.rows[one.dataset.place])));
  }

  function activate(place, focus = true) {
    const within = (tab, number) => {
      const own = rowAt(number);
      if (!own) return;
      own.tabIndex = tab;
      for (const inner of own.querySelectorAll("button")) inner.tabIndex = tab;
    };
    within(-1, grid.at);
    grid.at = Math.min(Math.max(place, 0), grid.rows.length - 1);
    reach(grid.at);
    within(0, grid.at);
    if (focus) rowAt(grid.at)?.focus({ preventScroll: true });
  }

  const page = () => Math.max(1, Math.floor(scroller.clientHeight / ROW) - 1);
  const moves = {
    ArrowDown: () => grid.at + 1,
    ArrowUp: () => grid.at - 1,
    PageDown: () => grid.at + page(),
    PageUp: () => grid.at - page(),
    Home: () => 0,
    End: () => grid.rows.length - 1,
  };

  body.addEventListener("keydown", (event) => {
    const own = event.target.closest("tr[data-place]");
    if (!own || event.altKey) return;
    const [command, inside] = [event.ctrlKey || event.metaKey, event.target !== own];
    const act = () => {
      if (event.key in moves && !command) {
        const next = Math.min(Math.max(moves[event.key](), 0), grid.rows.length - 1);
        if (event.shiftKey) mark(next, { range: true });
        else grid.from = next;
        return activate(next);
      }
      if (command && event.key === "a") return mark(grid.rows.length - 1, { range: !(grid.from = 0) });
      if (command && event.key === "c" && !String(getSelection())) return grid.copy();
      if (command || inside) return false;
      if (event.key === "Enter") return open(grid.rows[grid.at]);
      if (event.key === " ") return mark(grid.at, { toggle: true });
      if (event.key === "Escape" && grid.marked.size) return mark(grid.at);
      return false;
    };
    if (act() === false) return;
    event.preventDefault();
    event.stopPropagation();
  });

  body.addEventListener("click", (event) => {
    const own = event.target.closest("tr[data-place]");
    if (!own || event.target.closest("button") || String(getSelection())) return;
    const place = Number(own.dataset.place);
    activate(place);
    const marking = { toggle: event.ctrlKey || event.metaKey, range: event.shiftKey };
    mark(place, marking);
    if (!marking.toggle && !marking.range) open(grid.rows[place]);
  });
  // Shift-click would mark the text between two clicks as well.
  body.addEventListener("mousedown", (event) => event.shiftKey && event.preventDefault());

  // --- what others do with it

  /** The marked rows, or else all, for a spreadsheet: a heading, then a line for each row. */
  grid.lines = () => {
    const rows = grid.marked.size ? grid.rows.filter((row) => grid.marked.has(row)) : grid.rows;
    const line = (row) => telling.map(({ value, text = value }) => plainCell(text(row))).join("\t");
    return { number: rows.length, text: [telling.map(({ title }) => title).join("\t"), ...rows.map(line)].join("\n") };
  };

  /** Show these rows; where they are the same as before, only what is chosen changes. */
  grid.show = (rows, afresh) => {
    const same = !afresh && alike(rows, grid.given);
    if (!same) {
      const gone = new Set(rows);
      grid.marked = new Set([...grid.marked].filter((row) => gone.has(row)));
      const active = grid.rows[grid.at];
      grid.given = rows;
      grid.rows = inOrder(rows, grid.keys);
      grid.at = Math.max(0, grid.rows.indexOf(active));
      telling = columns.filter(
        ({ blank, value }) => blank === undefined || rows.some((row) => value(row) !== blank),
      );
      grid.keys = grid.keys.filter(({ column }) => telling.includes(column));
      if (!grid.keys.length) grid.keys = [{ column: telling[0], down: false }];
      drawHead();
      scroller.scrollTop = 0;
    }
    drawRows();
    const own = grid.rows.findIndex(chosen);
    if (own >= 0) {
      reach(own, true);
      activate(own, false);
    }
  };

  grid.scroller = scroller;
  return grid;
}
