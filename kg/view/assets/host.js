// In a notebook's widget the page tells what is selected, and goes where it is told. It only speaks
// to whoever wrote the frame it lives in, and only once that has greeted it.

const host = location.href.startsWith("about:srcdoc") && parent !== window ? parent : null;
let greeted = false;

/** What the selection holds: one relation, else all that the other views would list. */
function tellHost() {
  if (!greeted) return;
  const chosen = state.edge === null ? selected() : [edges.get(state.edge)];
  const focus = state.focus === null ? null : nodes.get(state.focus).key;
  host.postMessage({ kg: "selection", focus, edges: chosen.map((edge) => edge.id) }, "*");
}

addEventListener("message", (event) => {
  if (host === null || event.source !== host || typeof event.data !== "object") return;
  const { kg, link } = event.data || {};
  if (kg === "hello") greeted = true;
  if (kg === "link" && typeof link === "string" && link.length < 4000) {
    // Where history is refused the address stays as it was led last, whatever has been clicked since.
    if (location.hash === link.replace(/^#$/, "")) readLink();
    else location.hash = link;
  }
  tellHost();
});

/** Say that the page can be greeted; there is nothing in this that anybody could use. */
const sayReady = () => host?.postMessage({ kg: "ready" }, "*");
