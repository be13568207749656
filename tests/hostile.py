"""Text that tries to run, to hide, to break or to leave the page, and documents full of it."""

from __future__ import annotations

from dataclasses import replace

from kg.model import ENTITY_TYPES, STATUSES, Document, Entity, Mention, Relation, Span, Statement
from kg.relations import Lexicon, shipped
from kg.source import Source

CANARY = "window.ran=(window.ran||0)+1"

PAYLOADS = (
    f"<script>{CANARY}</script>",
    f"</script><script>{CANARY}</script>",
    f"</title></style></textarea><script>{CANARY}</script>",
    f"<!--<script>{CANARY}",
    f"]]><svg/onload={CANARY}>",
    f'<img src=x onerror="{CANARY}">',
    f"\"'><img src=//leak.example/a onerror={CANARY}>",
    f'" onmouseover="{CANARY}" autofocus onfocus="{CANARY}',
    f"<iframe srcdoc='<script>parent.{CANARY}</script>'></iframe>",
    f"<a href='javascript:{CANARY}'>href</a>",
    f"javascript:{CANARY}//href",
    f"JaVaScRiPt\t:{CANARY}",
    f"data:text/html,<script>{CANARY}</script>",
    "https://leak.example/\" onclick='x'",
    "//leak.example/href.png",
    "file:///etc/passwd",
    "<base href=https://leak.example/><form action=//leak.example><input name=q>",
    "<meta http-equiv=refresh content='0;url=https://leak.example'>",
    "<style>*{background:url(https://leak.example/css)}</style>",
    "red;background:url(https://leak.example/css)}body{display:none",
    "{{7*7}}{% raw %}{# ${7*7} #{7*7} <%= 7*7 %>",
    "__proto__",
    "constructor",
    "hasOwnProperty",
    "toString",
    "n0",
    "e0",
    "../../../etc/passwd%00.html",
    "%00%0a%0d%E0%A4%A",
    "\u202egnp.exe\u2066\u200f",
    "NUL\x00\x07\x1b[31m",
    "lone \ud83d surrogate \udc00",
    "\u2028 line \u2029 ends \ufeff",
    "👩\u200d👩\u200d👧\u200d👦 👩🏽\u200d🚀 🏳️\u200d🌈",
    '=HYPERLINK("https://leak.example","href")',
    "+cmd|' /C calc'!A0",
    "@SUM(1+1)*cmd|'x'!A0",
    "\t=1+1",
    "Z̸̢͎͖̈́a̷l̶g̵o̸" + "\u0336" * 60,
    "W" * 300,
    "(.*)+$[",
    "\\u003cscript\\u003e\\",
    "",
    "   ",
)


def hostile(payloads: tuple[str, ...] = PAYLOADS) -> Document:
    """Each payload names an entity and stands in every field; each entity briefs the next.

    Every second relation has a type that no lexicon knows, named after the payload.
    """
    text, entities, relations, statements = "", list[Entity](), list[Relation](), []
    known = list(shipped())
    for number, attack in enumerate(payloads):
        span = Span(len(text), len(text) + len(attack))
        text += attack + "\n"
        entities.append(
            Entity(
                f"{attack[:40]}{number}",
                ENTITY_TYPES[number % len(ENTITY_TYPES)],
                attack,
                (Mention(span),),
                iso3=attack[:30],
                wikidata=attack[:30],
                iri=attack if number % 3 else None,
            )
        )
        if not number:
            continue
        relations.append(
            Relation(
                known[number % len(known)] if number % 2 else attack,
                entities[number - 1].id,
                entities[number].id,
                STATUSES[number % len(STATUSES)],
                span,
                place=entities[0].id,
                date=attack if number % 3 else f"2025-02-{number % 28 + 1:02}",
                title=attack if number % 5 else None,
                by=attack,
                score=0.9,
            )
        )
        statements.append(
            Statement(entities[number].id, span, "direct", addressee=entities[0].id, cue=attack)
        )
    return Document(
        id=payloads[0],
        text=text,
        date=payloads[1],
        entities=tuple(entities),
        relations=tuple(relations),
        statements=tuple(statements),
        story=payloads[1],
    )


def corpus() -> tuple[Document, ...]:
    """The hostile document, and for each payload one that bears it in all that names a document."""
    return hostile(), *(
        Document(
            id=attack,
            text=attack,
            date=attack,
            source=Source(url=attack, title=attack, publisher=attack, licence=attack),
            story=attack,
        )
        for attack in PAYLOADS
    )


def lexicon() -> Lexicon:
    """A lexicon whose words are attacks, too, as those of somebody else's file may be."""
    return Lexicon(
        replace(
            entry,
            label=PAYLOADS[place % len(PAYLOADS)] or "x",
            gloss=PAYLOADS[(place + 1) % len(PAYLOADS)],
            family=PAYLOADS[place % 7],
        )
        for place, entry in enumerate(shipped().values())
    )
