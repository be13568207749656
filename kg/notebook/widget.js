// The page in a frame, and the messages between it and Python.

/** Whether a message is one that the page of a graph sends; all else is ignored. */
function isSelection(told) {
  return (
    told.kg === "selection" &&
    (told.focus === null || (typeof told.focus === "string" && told.focus.length < 4000)) &&
    Array.isArray(told.edges) &&
    told.edges.length < 1e6 &&
    told.edges.every((id) => typeof id === "string" && id.length < 20)
  );
}

function render({ model, el }) {
  const frame = document.createElement("iframe");
  frame.setAttribute("sandbox", "allow-scripts allow-downloads allow-popups");
  frame.title = model.get("words");
  frame.style.cssText = "display:block;width:100%;border:1px solid #8884;border-radius:8px";
  frame.style.height = `${model.get("height")}px`;
  frame.srcdoc = model.get("page");

  const say = (message) => frame.contentWindow?.postMessage(message, "*");
  const lead = () => model.get("wanted").link && say({ kg: "link", link: model.get("wanted").link });
  function hear(event) {
    // A sandboxed frame has no origin to check; its window is the only one that is listened to.
    if (event.source !== frame.contentWindow || !event.data || typeof event.data !== "object") return;
    if (event.data.kg === "ready") {
      say({ kg: "hello" });
      lead();
    } else if (isSelection(event.data)) {
      model.set("told", { focus: event.data.focus, edges: event.data.edges });
      model.save_changes();
    }
  }
  addEventListener("message", hear);
  model.on("change:wanted", lead);
  el.append(frame);
  return () => {
    removeEventListener("message", hear);
    model.off("change:wanted", lead);
  };
}

export default { render };
