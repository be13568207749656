// In a page that kg serve sends: whether the graph has changed since, and more than the page holds.
// In a file nothing of this happens; the policy of a file forbids it, too.

const EVERY = 15000; // milliseconds between two questions to the server
const SOON = 3000; // while the server draws the page of a state that is newer
const served = document.documentElement.dataset;
const live = { state: served.served, part: served.part !== undefined, changed: false, timer: 0 };

async function askWhetherChanged() {
  if (live.state === undefined || live.changed || document.hidden) return;
  clearTimeout(live.timer);
  let now;
  try {
    const answer = await fetch("/api/state", { cache: "no-store" });
    // An error is no change: it is asked again later.
    now = answer.ok ? await answer.json() : { state: live.state, page: live.state };
  } catch (gone) {
    return; // the server has ended; the page goes on, and asks again when somebody comes back to it
  }
  // The page of the whole graph is told only of one that is drawn: loading anew must lead to it.
  // A part is drawn for whoever asks, as is the first page of a server.
  live.changed = (live.part ? now.state : now.page || now.state) !== live.state;
  if (live.changed) drawChips();
  else live.timer = setTimeout(askWhetherChanged, now.state === live.state ? EVERY : SOON);
}

function changedChip() {
  if (!live.changed) return null;
  const words = "The graph has changed since this page was made";
  return chip("notice-chip", words, "Load anew", () => location.reload(), "Load the page anew, with the same view");
}

/** The way to a page about an entity, where this one holds only a part of the graph. */
function moreAbout(node) {
  const isPart = live.state !== undefined && (location.search || FACTS.note);
  if (!isPart || !node.iri) return null;
  const given = { class: "act-button", href: `/?focus=${encodeURIComponent(node.iri)}` };
  return el("a", given, "More about it in the whole graph");
}

if (live.state !== undefined) {
  live.timer = setTimeout(askWhetherChanged, 2000); // it may have been old already when it was sent
  addEventListener("focus", askWhetherChanged);
  document.addEventListener("visibilitychange", askWhetherChanged);
}
