// When the facts took place: a histogram over the days, and two handles that choose a stretch.

const DAY = 86400000;

const datesRead = new Map();

/** The day of a date of the text, counted from 1970; words like "shortly before" have none. */
function dayOf(date) {
  if (!datesRead.has(date)) {
    const day = /^\d{4}(-\d\d){0,2}$/.test(date || "") ? Math.round(Date.parse(date) / DAY) : NaN;
    // Some browsers read 31 February as 3 March.
    datesRead.set(date, Number.isNaN(day) || !isoOf(day).startsWith(date) ? null : day);
  }
  return datesRead.get(date);
}

function isoOf(day) {
  return new Date(day * DAY).toISOString().slice(0, 10);
}

// Offices and memberships last: "has led it since 2015" is nothing that happened on a day.
for (const edge of edges.values()) {
  const dates = edge.relation.family === "role" ? [] : edge.evidence.map((seen) => seen.date);
  edge.dates = [...new Set(dates.filter((date) => dayOf(date) !== null))];
  edge.days = [...new Set(edge.dates.map(dayOf))];
  edge.told = [...new Set(edge.evidence.map((seen) => dayOf(ARTICLES[seen.document].date)))];
}

// Over a long time a bar is a week, a month or a year, so that bars stay wide enough to be seen.
const MOST_BARS = 90;
const UNITS = [
  { name: "day", days: 1, next: 1, start: (day) => day },
  // The first of January 1970, day 0, was a Thursday.
  { name: "week", days: 7, next: 7, start: (day) => day - ((((day + 3) % 7) + 7) % 7) },
  { name: "month", days: 30.4, next: 32, start: (day) => dayOf(isoOf(day).slice(0, 7)) },
  { name: "year", days: 365.2, next: 370, start: (day) => dayOf(isoOf(day).slice(0, 4)) },
];
const allDays = [...new Set([...edges.values()].flatMap((edge) => edge.days))].sort((a, b) => a - b);
const unit = UNITS.find(({ start }) => new Set(allDays.map(start)).size <= MOST_BARS) || UNITS.at(-1);
const span = { first: allDays[0], last: allDays.at(-1) };
const dated = allDays.length > 1;

/** The last day of the bar that starts on a day. */
const endOf = (start) => unit.start(start + unit.next) - 1;

const datedEdges = [...edges.values()].filter((edge) => edge.days.length);
for (const edge of datedEdges) edge.bars = [...new Set(edge.days.map(unit.start))];

// Long stretches without facts are drawn short, so that one old date does not squeeze the rest.
const CALM = 14; // bars
const days = [...new Set(allDays.map(unit.start))];
if (days.length === 1) days.push(endOf(days[0]) + 1); // all in one week: its end is the other end
const gaps = days.map((day, i) => (i ? Math.round((day - days[i - 1]) / unit.days) || 1 : 0));
const stops = days.map(() => 0);
for (let i = 1; i < days.length; i++) stops[i] = stops[i - 1] + Math.min(gaps[i], CALM);
const extent = stops.at(-1);

/** Read a piecewise linear scale: where a value that lies among `from` comes to lie among `to`. */
function scaled(from, to, value) {
  const inside = Math.min(Math.max(value, from[0]), from.at(-1));
  const i = Math.max(1, from.findIndex((one) => one >= inside));
  return to[i - 1] + ((inside - from[i - 1]) * (to[i] - to[i - 1])) / (from[i] - from[i - 1]);
}

const stopOf = (day) => scaled(days, stops, day);
const dayAt = (place) => unit.start(Math.round(scaled(stops, days, place)));

const yearOf = (day) => Number(isoOf(day).slice(0, 4));

/** What a tick says: a bar of a month or a year has no day, and without its year it could be any. */
function shortOf(day) {
  if (unit.name === "year") return String(yearOf(day));
  const near = unit.name !== "month" && yearOf(day) === yearOf(span.last);
  const given = { ...(near ? { day: "numeric" } : { year: "numeric" }), month: "short", timeZone: "UTC" };
  return new Date(day * DAY).toLocaleDateString("en-GB", given);
}

/** Whether a day lies in the stretch chosen. */
function inside(day) {
  const { from, to } = state.time;
  return (from === null || day >= from) && (to === null || day <= to);
}

/** Whether a fact took place in the stretch chosen; an undated one is as old as its documents. */
function inTime(edge) {
  if (edge.days.length) return edge.days.some(inside);
  if (!state.time.undated) return false;
  return edge.told.some((day) => day === null || inside(day));
}

/** Whether a statement's document is of the stretch chosen; one without a day counts as undated. */
function toldInTime({ document }) {
  const day = dayOf(ARTICLES[document].date);
  return day === null ? state.time.undated : inside(day);
}

/** Whether one passage is why a fact is in the stretch chosen. */
function seenInTime(edge, seen) {
  const day = edge.days.length ? dayOf(seen.date) : null;
  return day === null ? state.time.undated && toldInTime(seen) : inside(day);
}

function chooseStretch(one, other) {
  const [from, to] = [Math.min(one, other), endOf(Math.max(one, other))];
  const undated = byId("undated").checked;
  change("filter", {
    time: { from: from > span.first ? from : null, to: to < span.last ? to : null, undated },
  });
}

const chooseTime = () => chooseStretch(...["from", "to"].map((id) => dayAt(Number(byId(id).value))));

let asked = false;

/** A handle that is dragged tells of each pixel; one drawing for each frame is enough. */
function chooseTimeSoon() {
  if (asked) return;
  asked = true;
  requestAnimationFrame(() => {
    asked = false;
    chooseTime();
  });
}

/** How many facts that the other filters leave there are by bar and status. */
function counted() {
  const bars = new Map(days.map((day) => [day, new Map()]));
  for (const edge of datedEdges) {
    if (!shown.anyTime.has(edge.id)) continue;
    for (const day of edge.bars) {
      const bar = bars.get(day);
      bar.set(edge.status, (bar.get(edge.status) || 0) + 1);
    }
  }
  return bars;
}

const barName = (day) => (unit.name === "day" ? isoOf(day) : `${unit.name} of ${isoOf(day)}`);

/** A bar with a part for each status; a click chooses its days. */
function barOf([day, parts], most, chosen, left) {
  const sum = [...parts.values()].reduce((a, b) => a + b, 0);
  const of = FACTS.statuses.filter((status) => parts.has(status));
  const what = of.map((status) => `${parts.get(status)} ${status}`).join(", ");
  return el(
    "i",
    {
      class: chosen ? "chosen" : null,
      title: sum ? `${barName(day)}: ${what}` : null,
      style: { left, height: sum ? `${Math.max(12, (100 * sum) / most)}%` : "0" },
      on: { click: () => sum && chooseStretch(day, day) },
    },
    of.map((status) => el("b", { class: status, style: { "flex-grow": parts.get(status) } })),
  );
}

/** Signs where a long stretch without facts is drawn short. */
const jumps = () =>
  gaps.flatMap((gap, i) => {
    if (gap <= CALM) return [];
    const left = `${(50 * (stops[i] + stops[i - 1])) / extent}%`;
    return [el("s", { title: `${count(gap, unit.name)} without a dated fact`, style: { left } })];
  });

function drawTimeline() {
  byId("time").hidden = !dated;
  document.body.classList.toggle("dated", dated);
  if (!dated) return;
  const { from, to, undated } = state.time;
  const [start, end] = [from ?? span.first, to ?? span.last];
  const share = (day) => `${(100 * stopOf(day)) / extent}%`;
  const bars = [...counted()];
  const most = Math.max(1, ...bars.map(([, parts]) => [...parts.values()].reduce((a, b) => a + b, 0)));
  byId("bars").replaceChildren(
    ...bars.map((bar) => barOf(bar, most, endOf(bar[0]) >= start && bar[0] <= end, share(bar[0]))),
    ...jumps(),
  );
  let last = -Infinity;
  const ticks = days.filter((day) => {
    const far = (stopOf(day) - last) / extent > 0.13;
    if (far) last = stopOf(day);
    return far;
  });
  byId("ticks").replaceChildren(
    ...ticks.map((day) => el("span", { style: { left: share(day) } }, shortOf(day))),
  );
  const handles = { from: unit.start(start), to: unit.start(end) };
  byId("stretch").style.left = share(handles.from);
  byId("stretch").style.width = `calc(${share(handles.to)} - ${share(handles.from)})`;
  const seen = datedEdges.filter((edge) => shown.edges.has(edge.id)).length;
  byId("time-words").replaceChildren(
    el("b", {}, start === end ? isoOf(start) : `${isoOf(start)} – ${isoOf(end)}`),
    el("span", {}, `${count(seen, "dated relation")} shown${unit.name === "day" ? "" : `, by ${unit.name}`}`),
  );
  for (const [id, day] of Object.entries({ from: start, to: end })) {
    byId(id).value = stopOf(handles[id]);
    byId(id).setAttribute("aria-valuetext", isoOf(day));
  }
  byId("undated").checked = undated;
}

if (dated) {
  for (const id of ["from", "to"]) {
    Object.assign(byId(id), { min: 0, max: extent, step: 1 });
    byId(id).addEventListener("input", chooseTimeSoon);
  }
  byId("undated").addEventListener("change", chooseTime);
}
