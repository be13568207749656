// An answer as a table: sorted by a click on a heading, filtered by words, drawn some rows at a time.
const STEP = 500;
const order = new Intl.Collator(undefined, { numeric: true, sensitivity: "base" });

export class Table {
  constructor(target, more, known) {
    Object.assign(this, { target, more, known, titles: new Map() });
    more.addEventListener("click", () => this.extend());
  }

  show(answer) {
    this.columns = answer.head.vars;
    this.all = answer.results.bindings;
    this.sorted = { column: null, down: false };
    this.filter("");
  }

  filter(words) {
    const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
    this.rows = this.all.filter((row) => {
      const text = this.columns.map((name) => this.text(row[name])).join(" ").toLowerCase();
      return wanted.every((word) => text.includes(word));
    });
    this.sort(this.sorted.column, this.sorted.down);
  }

  sort(column, down) {
    this.sorted = { column, down };
    if (column !== null) {
      const keyed = this.rows.map((row) => [this.text(row[column]), row]);
      keyed.sort((one, other) => order.compare(one[0], other[0]) * (down ? -1 : 1));
      this.rows = keyed.map(([, row]) => row);
    }
    this.draw();
  }

  draw() {
    const table = document.createElement("table");
    const head = table.createTHead().insertRow();
    for (const name of this.columns) {
      const cell = document.createElement("th");
      const { column, down } = this.sorted;
      cell.scope = "col";
      cell.ariaSort = column === name ? (down ? "descending" : "ascending") : "none";
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = name;
      button.addEventListener("click", () => {
        this.sort(name, column === name && !down);
        this.target.querySelectorAll("th button")[this.columns.indexOf(name)].focus();
      });
      cell.append(button);
      head.append(cell);
    }
    this.body = table.createTBody();
    this.target.replaceChildren(table);
    this.extend();
  }

  extend() {
    const drawn = this.body.rows.length;
    for (const row of this.rows.slice(drawn, drawn + STEP)) {
      const line = this.body.insertRow();
      for (const name of this.columns) this.fill(line.insertCell(), row[name]);
    }
    const rest = this.rows.length - this.body.rows.length;
    this.more.hidden = rest <= 0;
    this.more.textContent = `Show ${Math.min(rest, STEP)} more of ${rest.toLocaleString("en")}`;
  }

  fill(cell, term) {
    if (!term) return;
    if (term.type !== "uri") {
      cell.textContent = term.value;
      if (/^-?\d+(\.\d+)?$/.test(term.value)) cell.className = "number";
      return;
    }
    const address = this.known.address(term.value);
    const shown = document.createElement(address ? "a" : "span");
    if (address) {
      shown.href = address;
      if (!address.startsWith("/")) shown.rel = "noreferrer";
    }
    shown.textContent = this.text(term);
    shown.title = term.value;
    cell.append(shown);
  }

  text(term) {
    if (!term) return "";
    if (term.type !== "uri") return term.value;
    const [document] = term.value.split("#");
    return this.titles.get(document) ?? this.known.short(term.value);
  }
}
