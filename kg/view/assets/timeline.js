// When the facts took place: a histogram over the days, and two handles that choose a stretch.

const DAY = 86400000;

/** The day of a date of the text, counted from 1970; words like "shortly before" have none. */
function dayOf(date) {
  if (!/^\d{4}(-\d\d){0,2}$/.test(date || "")) return null;
  const day = Date.parse(date);
  return Number.isNaN(day) ? null : Math.round(day / DAY);
}

const isoOf = (day) => new Date(day * DAY).toISOString().slice(0, 10);

const shortOf = (day) =>
  new Date(day * DAY).toLocaleDateString("en-GB", { day: "numeric", month: "short", timeZone: "UTC" });

for (const edge of edges.values()) {
  edge.days = [...new Set(edge.evidence.map((seen) => dayOf(seen.date)).filter((day) => day !== null))];
}
const perDay = tally(
  [...edges.values()].flatMap((edge) => edge.days),
  (day) => day,
);
const span = { first: Math.min(...perDay.keys()), last: Math.max(...perDay.keys()) };
const dated = perDay.size > 1;

/** Whether a fact took place in the stretch chosen. */
function inTime(edge) {
  const { from, to, undated } = state.time;
  if (!edge.days.length) return undated;
  return edge.days.some((day) => (from === null || day >= from) && (to === null || day <= to));
}

function chooseTime() {
  const [one, other] = [Number(byId("from").value), Number(byId("to").value)];
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
  const share = (day) => `${(100 * (day - span.first)) / (span.last - span.first)}%`;
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
  const ticks = [...perDay.keys()]
    .sort((a, b) => a - b)
    .filter((day) => {
      const far = (day - last) / (span.last - span.first) > 0.13;
      if (far) last = day;
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
    byId(id).value = day;
    byId(id).setAttribute("aria-valuetext", isoOf(day));
  }
  byId("undated").checked = undated;
}

if (dated) {
  for (const id of ["from", "to"]) {
    Object.assign(byId(id), { min: span.first, max: span.last, step: 1 });
    byId(id).addEventListener("input", chooseTime);
  }
  byId("undated").addEventListener("change", chooseTime);
}
