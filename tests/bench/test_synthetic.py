"""The invented records are such as the pipeline gives, and spread as the news is."""

from __future__ import annotations

import json
from collections import Counter
from itertools import islice

from kg.rdf import write
from kg.rdf.validate import validate
from kg.record import from_json, to_line
from kg.relations import shipped
from kg.store import EmbeddedStore
from kg.vocab import document_iri, mint
from tests.bench.synthetic import documents

LEXICON = shipped()


def test_every_record_is_read_back_as_it_was_written():
    for document in documents(200):
        assert from_json(json.loads(to_line(document))) == document


def test_the_first_of_many_are_those_of_few_and_a_seed_tells_the_rest():
    assert list(islice(documents(10_000), 30)) == list(documents(30))
    assert list(documents(5, seed=1)) != list(documents(5, seed=2))


def test_arguments_are_of_the_types_that_the_lexicon_allows():
    for document in documents(200):
        types = {entity.id: entity.type for entity in document.entities}
        for relation in document.relations:
            assert types[relation.subject] in LEXICON[relation.type].domain
            assert types[relation.object] in LEXICON[relation.type].range


def test_every_evidence_names_both_ends():
    for document in documents(50):
        mentions = {entity.id: [m.span for m in entity.mentions] for entity in document.entities}
        for relation in document.relations:
            for who in (relation.subject, relation.object):
                assert any(relation.evidence.covers(span) for span in mentions[who])


def test_a_graph_of_a_few_conforms_to_the_shapes():
    store = EmbeddedStore()
    for document in documents(4):
        store.add(document_iri(document), write.graph(document))
    assert validate(store.dump()).conforms


def test_few_are_in_much_of_the_news_and_stories_are_told_again():
    appear: Counter[str] = Counter()
    sentences: Counter[str] = Counter()
    number = 1_000
    for document in documents(number):
        iris = {entity.iri for entity in mint(document).entities if entity.type == "Person"}
        appear.update(str(iri) for iri in iris)
        sentences[document.text.split("\n\n")[1].split(". ")[2]] += 1
    ranked = [count for _, count in appear.most_common()]
    assert ranked[0] > 100
    assert sum(count == 1 for count in ranked) > len(ranked) / 2
    assert 40 < sum(count - 1 for count in sentences.values()) < 200
