"""The lexicon keeps its promises: what each entry says it yields, and what the loader refuses."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.errors import LexiconError, UnknownName
from kg.extract.frames import Frames
from kg.model import Document
from kg.pipeline import Pipeline
from kg.relations import Example, Frame, Lexicon, RelationType, parse, shipped
from kg.testing import check_examples, surprise

# The contract's own list and `released`, by family: name, whether it is symmetric, PLOVER class.
CONTRACT = {
    "meeting": {
        "attended": (False, "CONSULT"),
        "hosted": (False, "CONSULT"),
        "briefed": (False, "CONSULT"),
        "spokeWith": (True, "CONSULT"),
        "metWith": (True, "CONSULT"),
        "negotiatedWith": (True, "CONSULT"),
        "visited": (False, "CONSULT"),
        "invited": (False, "CONSULT"),
    },
    "stance": {
        "agreedWith": (False, "AGREE"),
        "supported": (False, "SUPPORT"),
        "criticized": (False, "DISAPPROVE"),
        "rejected": (False, "REJECT"),
        "requested": (False, "DEMAND"),
        "threatened": (False, "THREATEN"),
        "yieldedTo": (False, "CONCEDE"),
        "investigated": (False, "INVESTIGATE"),
    },
    "cooperation": {
        "aided": (False, "AID"),
        "signedWith": (True, "AGREE"),
        "cooperatedWith": (True, "COOPERATE"),
    },
    "conflict": {
        "sanctioned": (False, "SANCTION"),
        "attacked": (False, "ASSAULT"),
        "protestedAgainst": (False, "PROTEST"),
        "coerced": (False, "COERCE"),
        "mobilized": (False, "MOBILIZE"),
        "withdrewFrom": (False, "RETREAT"),
        "released": (False, "CONCEDE"),
    },
    "role": {
        "holdsPosition": (False, None),
        "appointed": (False, None),
        "memberOf": (False, None),
        "advises": (False, None),
        "citizenOf": (False, None),
        "agencyOf": (False, None),
        "partOf": (False, None),
        "spouseOf": (True, None),
        "parentOf": (False, None),
        "siblingOf": (True, None),
    },
    "place": {
        "heldIn": (False, None),
        "locatedIn": (False, None),
        "basedIn": (False, None),
    },
}
TODAY = "2025-02-17"
STATUSES = ("planned", "possible", "negated")
PAPER, NIGHT = "#ffffff", "#12161d"

PAIRS = [
    pytest.param(entry, example, id=f"{entry.name}-{number}")
    for entry in shipped().values()
    for number, example in enumerate(entry.examples, 1)
]


# ---------------------------------------------------------------- every example of every entry
@pytest.mark.parametrize(("entry", "example"), PAIRS)
def test_an_example_yields_exactly_what_its_entry_says(
    entry: RelationType, example: Example, pipeline: Pipeline
) -> None:
    assert surprise(entry, example, pipeline) == ""


def test_an_example_that_does_not_hold_is_told_with_what_was_found(tmp_path: Path) -> None:
    file = tmp_path / "own.toml"
    promise = '{text = "Anna Keller will toast Tomas Brandt.", yields = ["%s"]}'
    missing = promise % "Tomas Brandt > Anna Keller"
    file.write_text(f"{TOASTED}examples = [{missing}]\n", encoding="utf-8")
    with pytest.raises(AssertionError) as caught:
        check_examples(file)
    assert str(caught.value) == (
        "[toasted] 'Anna Keller will toast Tomas Brandt.': "
        "not found: Tomas Brandt > Anna Keller; "
        "found, but not promised: Anna Keller > Tomas Brandt (planned)"
    )
    kept = promise % "Anna Keller > Tomas Brandt (planned)"
    file.write_text(f"{TOASTED}examples = [{kept}]\n", encoding="utf-8")
    check_examples(file)
    check_examples(file, "toasted")


# ---------------------------------------------------------------- the entries
def test_the_lexicon_holds_the_relations_of_the_contract_and_no_others() -> None:
    found: dict[str, dict[str, tuple[bool, str | None]]] = {}
    for entry in shipped().values():
        found.setdefault(entry.family, {})[entry.name] = (entry.symmetric, entry.plover)
    assert found == CONTRACT


@pytest.mark.parametrize("entry", shipped().values(), ids=lambda entry: entry.name)
def test_an_entry_is_complete(entry: RelationType) -> None:
    assert entry.label
    assert entry.gloss
    assert entry.frames
    assert sum(bool(example.yields) for example in entry.examples) >= 4
    assert sum(not example.yields for example in entry.examples) >= 2
    assert entry.symmetric == (entry.inverse is None), "symmetric, or with a name for its inverse"


def test_no_two_entries_share_a_label_an_inverse_or_a_colour() -> None:
    entries = list(shipped().values())
    labels = [entry.label for entry in entries]
    inverses = [entry.inverse for entry in entries if entry.inverse]
    colours = [entry.colour.lower() for entry in entries]
    for values in (labels, inverses, colours):
        assert len(set(values)) == len(values)
    assert not set(inverses) & set(shipped())


@pytest.mark.parametrize("background", [PAPER, NIGHT])
@pytest.mark.parametrize("entry", shipped().values(), ids=lambda entry: entry.name)
def test_a_colour_stands_out_on_paper_and_at_night(entry: RelationType, background: str) -> None:
    assert contrast(entry.colour, background) >= 3  # WCAG 2.2, 1.4.11: graphical objects


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours after WCAG 2.2."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


# ---------------------------------------------------------------- reading an entry
ENTRY = 'domain = ["Actor"]\nrange = ["Person", "Event"]\n'


def one(fields: str) -> RelationType:
    return parse(f"[toasted]\n{ENTRY}{fields}", "my.toml")[0]


def test_groups_of_types_are_spelled_out() -> None:
    entry = one("")
    assert entry.domain == ("Person", "Country", "Organization", "Group")
    assert entry.range == ("Person", "Event")


def test_a_frame_line_is_read_into_triggers_and_alternatives() -> None:
    line = "drink up, toast.n [obj=glass|cup] [subj=Person]: subj > to; with & with = planned"
    frames = one(f'frames = ["{line}"]').frames
    assert [(f.subject, f.object, f.together, f.status) for f in frames] == [
        ("subj", "to", False, None),
        ("with", "with", True, "planned"),
    ]
    companions = (("obj", frozenset({"glass", "cup"})), ("subj", frozenset({"Person"})))
    for frame in frames:
        assert [(t.lemma, t.pos, t.particle) for t in frame.triggers] == [
            ("drink", "v", "up"),
            ("toast", "n", ""),
        ]
        assert all(trigger.companions == companions for trigger in frame.triggers)


def test_a_slot_may_ask_for_the_owner_of_its_phrase() -> None:
    (frame,) = one('frames = ["praise: subj > obj.of"]').frames
    assert (frame.subject, frame.object) == ("subj", "obj.of")


# ---------------------------------------------------------------- what the loader refuses
REFUSED = [
    pytest.param(f'{ENTRY}label = "x', "", "", "not TOML", id="no TOML"),
    pytest.param(f"{ENTRY}color = '#112233'", "toasted", "", "did you mean 'colour'", id="key"),
    pytest.param(f"{ENTRY}colour = 'red'", "toasted", "colour", "'red'", id="colour"),
    pytest.param(f"{ENTRY}label = 7", "toasted", "label", "7", id="label"),
    pytest.param(f"{ENTRY}symmetric = 'yes'", "toasted", "symmetric", "true or", id="symmetric"),
    pytest.param('domain = ["Actor"]', "toasted", "range", "missing", id="no range"),
    pytest.param(
        'domain = ["Actr"]\nrange = ["Actor"]', "toasted", "domain", "'Actor'", id="unknown type"
    ),
    pytest.param(
        f"{ENTRY}frames = 'toast: subj > obj'", "toasted", "frames", "list", id="a string"
    ),
    pytest.param(
        f"{ENTRY}frames = ['toast: subject > obj']", "toasted", "frames", "mean 'subj'", id="slot"
    ),
    pytest.param(
        f"{ENTRY}frames = ['toast [wth=x]: subj > obj']", "toasted", "frames", "'with'", id="beside"
    ),
    pytest.param(f"{ENTRY}frames = ['toast']", "toasted", "frames", "no colon", id="no colon"),
    pytest.param(f"{ENTRY}frames = ['toast: subj']", "toasted", "frames", "'subj'", id="one slot"),
    pytest.param(f"{ENTRY}frames = ['to ast x: a > b']", "toasted", "frames", "to ast", id="words"),
    pytest.param(
        f"{ENTRY}frames = ['toast [obj]: a > b']", "toasted", "frames", "[obj=", id="companion"
    ),
    pytest.param(
        f"{ENTRY}frames = ['toast: a > b = plannd']",
        "toasted",
        "frames",
        "did you mean 'planned'",
        id="status",
    ),
    pytest.param(
        f"{ENTRY}examples = [{{text = 'x'}}]", "toasted", "examples", "yields", id="example"
    ),
]


@pytest.mark.parametrize(("body", "entry", "field", "says"), REFUSED)
def test_a_bad_entry_is_refused_by_file_entry_and_field(
    body: str, entry: str, field: str, says: str, tmp_path: Path
) -> None:
    file = tmp_path / "my.toml"
    file.write_text(f"[toasted]\n{body}\n", encoding="utf-8")
    with pytest.raises(LexiconError) as caught:
        shipped().extended(file)
    assert (caught.value.file, caught.value.entry, caught.value.field) == (str(file), entry, field)
    assert says in caught.value.problem
    assert str(caught.value).startswith(f"{file}, [{entry}]" if entry else f"{file}: ")


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(
        LexiconError, match=r"nowhere\.toml: there is no such file; check the path$"
    ):
        shipped().extended(tmp_path / "nowhere.toml")


def test_an_entry_that_is_no_table_is_refused() -> None:
    with pytest.raises(LexiconError, match=r"my\.toml, \[toasted\]: is not a table"):
        parse('toasted = "yes"', "my.toml")


def test_an_unknown_relation_comes_with_the_nearest_name() -> None:
    with pytest.raises(UnknownName, match="did you mean 'briefed'"):
        shipped()["brefed"]


# ---------------------------------------------------------------- a user's own entries
TOASTED = """
[toasted]
label = "drank to"
domain = ["Person"]
range = ["Person"]
frames = ["toast: subj > obj"]
"""
LOUDLY = """
[briefed]
domain = ["Person"]
range = ["Person"]
frames = ["whisper: subj > to"]
"""


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Lexicon]:
    file = tmp_path / "own.toml"
    file.write_text(TOASTED + LOUDLY, encoding="utf-8")
    yield shipped().extended(file)
    assert "toasted" not in shipped(), "the shipped lexicon itself must not change"


def test_a_users_entry_is_added_and_one_of_ours_replaced(own: Lexicon) -> None:
    assert set(own) == {*shipped(), "toasted"}
    assert own["toasted"].label == "drank to"
    assert own["toasted"].origin.endswith("own.toml")
    assert [frame.triggers[0].lemma for frame in own["briefed"].frames] == ["whisper"]
    assert own["visited"] == shipped()["visited"]


def test_a_users_entry_extracts_without_code(own: Lexicon) -> None:
    text = "Anna Keller toasted Tomas Brandt. Anna Keller briefed Tomas Brandt."
    doc = Pipeline.default(own)(Document(id="own", text=text, date=TODAY))
    assert [
        (relation.type, doc.entity(relation.subject).name, doc.entity(relation.object).name)
        for relation in doc.relations
    ] == [("toasted", "Anna Keller", "Tomas Brandt")]


FRAMES = [
    # What a frame line can ask for, and a sentence that it takes or leaves.
    ("toast: subj > obj", "Anna Keller toasted Tomas Brandt.", True),
    ("toast: subj > obj", "Anna Keller toasted Norway.", False),
    ("toast [with=wine|beer]: subj > obj", "Anna Keller toasted Tomas Brandt with wine.", True),
    ("toast [with=wine|beer]: subj > obj", "Anna Keller toasted Tomas Brandt with tea.", False),
    ("toast [with=!wine]: subj > obj", "Anna Keller toasted Tomas Brandt with wine.", False),
    ("toast [with=!wine]: subj > obj", "Anna Keller toasted Tomas Brandt with tea.", True),
    ("toast [in=-]: subj > obj", "Anna Keller toasted Tomas Brandt.", True),
    ("toast [in=-]: subj > obj", "Anna Keller toasted Tomas Brandt in Oslo.", False),
    ("toast [in=Country]: subj > obj", "Anna Keller toasted Tomas Brandt in Norway.", True),
    ("toast [in=Person]: subj > obj", "Anna Keller toasted Tomas Brandt in Norway.", False),
    ("tend [obj=house]: subj > with", "Anna Keller tended the house with Tomas Brandt.", True),
    ("portrait.n: poss > of", "Anna Keller's portrait of Tomas Brandt was sold.", True),
    ("portrait.n [mod=oil]: poss > of", "Anna Keller's oil portrait of Tomas Brandt sold.", True),
    ("portrait.n [mod=oil]: poss > of", "Anna Keller's portrait of Tomas Brandt sold.", False),
    ("toast: subj > obj", "Tomas Brandt was toasted by Anna Keller.", True),
    ("toast: subj > obj.doer", "Anna Keller toasted Tomas Brandt's plan.", True),
    ("toast: subj > obj.doer", "Anna Keller toasted Tomas Brandt's aunt.", False),
    ("toast [obj=deed]: subj > with", "Anna Keller toasted the plan with Tomas Brandt.", True),
    ("toast [obj=deed]: subj > with", "Anna Keller toasted the aunt with Tomas Brandt.", False),
    ("toast: subj > obj = negated", "Anna Keller toasted Tomas Brandt.", True),
]


@pytest.mark.parametrize(("line", "text", "fires"), FRAMES)
def test_a_frame_takes_what_it_asks_for_and_leaves_the_rest(
    line: str, text: str, fires: bool, pipeline: Pipeline
) -> None:
    body = f'[toasted]\ndomain = ["Person"]\nrange = ["Person"]\nframes = ["{line}"]'
    own = Lexicon(parse(body, "own.toml"))
    doc = pipeline(Document(id="own", text=text, date=TODAY))
    found = [
        (doc.entity(relation.subject).name, doc.entity(relation.object).name, relation.status)
        for relation in Frames(own)(doc)
    ]
    status = "negated" if line.endswith("negated") else "actual"
    assert found == ([("Anna Keller", "Tomas Brandt", status)] if fires else [])


def test_slots_and_statuses_of_the_shipped_frames_are_known() -> None:
    """A misspelt slot would never match and never be missed."""
    slots = {slot for entry in shipped().values() for f in entry.frames for slot in used(f)}
    assert slots <= SLOTS


SLOTS = {
    "deed", "target", "condition", "occasion",
    *("subj", "obj", "iobj", "poss", "mod", "comp", "duty", "self"),
    *("about", "against", "alongside", "among", "around", "as", "at", "before", "behind", "by"),
    *("belonging", "between", "during", "for", "from", "in", "into", "near", "of", "off", "on"),
    *("along", "out", "outside", "over", "to", "toward", "towards", "under", "upon", "via", "with"),
    *("through", "throughout", "across", "beside", "opposite"),
}  # fmt: skip


def used(frame: Frame) -> set[str]:
    named = {frame.subject, frame.object}
    named |= {slot for trigger in frame.triggers for slot, _ in trigger.companions}
    return {slot.removesuffix(".of").removesuffix(".doer") for slot in named}


def test_the_shipped_files_have_no_entry_twice(root: Path) -> None:
    names = [
        name
        for file in sorted((root / "kg/data/relations").glob("*.toml"))
        for name in tomllib.loads(file.read_text(encoding="utf-8"))
    ]
    assert len(set(names)) == len(names)
