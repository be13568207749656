// When the facts took place: a histogram over the days, and two handles that choose a stretch.

const DAY = 86400000;

/** The day of a date of the text, counted from 1970; words like "shortly before" have none. */
function dayOf(date) {
  if (!/^\d{4}(-\d\d){0,2}$/.test(date || "")) return null;
  const day = Math.round(Date.parse(date) / DAY);
  // Some browsers read 31 February as 3 March.
  return Number.isNaN(day) || !isoOf(day).startsWith(date) ? null : day;
}

function isoOf(day) {
  return new Date(day * DAY).toISOString().slice(0, 10);
}

// Offices and memberships last: "has led it since 2015" is nothing that happened on a day.
for (const edge of edges.values()) {
  const dates = edge.relation.family === "role" ? [] : edge.evidence.map((seen) => seen.date);
  edge.dates = [...new Set(dates.filter((date) => dayOf(date) !== null))];
  edge.days = [...new Set(edge.dates.map(dayOf))];
}
const perDay = tally(
  [...edges.values()].flatMap((edge) => edge.days),
  (day) => day,
);
const span = { first: Math.min(...perDay.keys()), last: Math.max(...perDay.keys()) };
const dated = perDay.size > 1;

// Long stretches without facts are drawn short, so that one old date does not squeeze the rest.
const CALM = 14;
const days = [...perDay.keys()].sort((a, b) => a - b);
const stops = days.map(() => 0);
for (let i = 1; i < days.length; i++) stops[i] = stops[i - 1] + Math.min(days[i] - days[i - 1], CALM);
const extent = stops.at(-1);

/** Read a piecewise linear scale: where a value that lies among `from` comes to lie among `to`. */
function scaled(from, to, value) {
  const inside = Math.min(Math.max(value, from[0]), from.at(-1));
  const i = Math.max(1, from.findIndex((one) => one >= inside));
  return to[i - 1] + ((inside - from[i - 1]) * (to[i] - to[i - 1])) / (from[i] - from[i - 1]);
}

const stopOf = (day) => scaled(days, stops, day);
const dayAt = (place) => Math.round(scaled(stops, days, place));

const shortOf = (day) =>
  new Date(day * DAY).toLocaleDateString("en-GB", {
    ...(isoOf(day).slice(0, 4) === isoOf(span.last).slice(0, 4) ? { day: "numeric" } : { year: "numeric" }),
    month: "short",
    timeZone: "UTC",
  });

/** Whether a fact took place in the stretch chosen. */
function inTime(edge) {
  const { from, to, undated } = state.time;
  if (!edge.days.length) return undated;
  return edge.days.some((day) => (from === null || day >= from) && (to === null || day <= to));
}

function chooseTime() {
  const [one, other] = ["from", "to"].map((id) => dayAt(Number(byId(id).value)));
  const [from, to] = [Math.min(one, other), Math.max(one, other)];
  const undated = byId("undated").checked;
  change("filter", {
    time: { from: from > span.first ? from : null, to: to < span.last ? to : null, undated },
  });
}

function drawTimeline() {
  byId("time").hidden = !dated;
  document.body.classList.toggle("dated", dated);
  if (!dated) return;
  const { from, to, undated } = state.time;
  const [start, end] = [from ?? span.first, to ?? span.last];
  const share = (day) => `${(100 * stopOf(day)) / extent}%`;
  const most = Math.max(...perDay.values());
  const bars = [...perDay].map(([day, number]) =>
    el("i", {
      class: day >= start && day <= end ? "chosen" : null,
      title: `${isoOf(day)}: ${count(number, "relation")}`,
      style: { left: share(day), height: `${Math.max(12, (100 * number) / most)}%` },
    }),
  );
  byId("bars").replaceChildren(...bars);
  let last = -Infinity;
  const ticks = days.filter((day) => {
    const far = (stopOf(day) - last) / extent > 0.13;
    if (far) last = stopOf(day);
    return far;
  });
  byId("ticks").replaceChildren(
    ...ticks.map((day) => el("span", { style: { left: share(day) } }, shortOf(day))),
  );
  byId("stretch").style.left = share(start);
  byId("stretch").style.width = `calc(${share(end)} - ${share(start)})`;
  byId("time-words").replaceChildren(
    el("b", {}, start === end ? isoOf(start) : `${isoOf(start)} – ${isoOf(end)}`),
  );
  const seen = [...edges.values()].filter((edge) => edge.days.length && shown.edges.has(edge.id)).length;
  byId("time-words").append(el("span", {}, `${count(seen, "dated relation")} shown`));
  for (const [id, day] of [
    ["from", start],
    ["to", end],
  ]) {
    byId(id).value = stopOf(day);
    byId(id).setAttribute("aria-valuetext", isoOf(day));
  }
  byId("undated").checked = undated;
}

if (dated) {
  for (const id of ["from", "to"]) {
    Object.assign(byId(id), { min: 0, max: extent, step: 1 });
    byId(id).addEventListener("input", chooseTime);
  }
  byId("undated").addEventListener("change", chooseTime);
}
