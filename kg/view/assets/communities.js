// Communities: who is connected with each other more than with the rest, told by rings where all of
// the graph is drawn. A larger graph opens on them; groups that an analysis gave take their place.

const COMMUNITY = 3; // members from which on one is told

/** The communities as rings have them; none where only one would be told. */
const communities = (() => {
  if (!whole || FACTS.marks?.groups.length) return [];
  const told = groups.filter(({ members }) => members.length >= COMMUNITY);
  if (told.length < 2) return [];
  return told.map(({ name, number, members }, place) => {
    const round = FACTS.dashes[Math.floor(place / FACTS.rings.length)];
    const colour = round ? ringColour(place) : null;
    return { label: name, number, members: members.map(({ id }) => id), colour, dash: round || [] };
  });
})();

addLinkPart({
  name: "communities",
  selects: true, // it hides nothing
  write: () => (state.circled ? "yes" : null),
  read: (text, complain) => {
    state.circled = text === "yes" && communities.length > 0;
    if (text !== undefined && text !== "yes" && text !== "no")
      complain(`the link says communities=${harmless(text)}; it knows yes, no`);
  },
});

function flipCommunities() {
  change("view", { circled: !state.circled });
  drawLegend();
}

function communityEntries() {
  if (!communities.length) return [];
  const onOff = {
    class: "all",
    "data-entry": "communities",
    "aria-pressed": String(state.circled),
    title: "Rings around who is connected with each other more than with the rest",
  };
  const title = el("h2", {}, "Communities", button(onOff, flipCommunities, state.circled ? "hide rings" : "show rings"));
  if (!state.circled && state.community === null) return [title];
  const alone = (number) => state.community === number;
  const entries = communities.map((group) =>
    foundEntry(
      {
        key: `community:${group.number}`,
        label: group.label,
        number: group.members.length,
        sign: ringSign(group),
        told: alone(group.number) ? "Click: all again." : "Click: only this.",
        pressed: state.community === null || alone(group.number),
      },
      () => openGroup(alone(group.number) ? null : group.number),
    ),
  );
  return [title, ...entries];
}
