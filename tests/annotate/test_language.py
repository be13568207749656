"""The language of a text is told by its words, not by the names in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.annotate.language import Language, detected, named
from kg.model import Document

ENGLISH = "The ministers of both countries met in the old town hall and spoke about fishing rights."
GERMAN = "Die Minister beider Länder trafen sich im alten Rathaus und sprachen über Fischerei."
SENTENCES = {  # one sentence in each language
    "ar": "التقى وزراء البلدين في مبنى البلدية القديم وتحدثوا عن حقوق الصيد في البحر.",
    "bg": ("Министрите на двете страни се срещнаха в старото кметство и говориха за риболова."),
    "cs": ("Ministři obou zemí se sešli na staré radnici a hovořili o právech na rybolov."),
    "da": (
        "Ministrene fra begge lande mødtes på det gamle rådhus og talte om rettigheder til fiskeri."
    ),
    "de": GERMAN,
    "el": (
        "Οι υπουργοί των δύο χωρών συναντήθηκαν στο παλιό δημαρχείο και μίλησαν για την αλιεία."
    ),
    "es": (
        "Los ministros de los dos países se reunieron en el antiguo "
        "ayuntamiento y hablaron de pesca."
    ),
    "fa": (
        "وزیران دو کشور در ساختمان قدیمی شهرداری دیدار کردند و درباره حقوق ماهیگیری گفتگو کردند."
    ),
    "fi": (
        "Molempien maiden ministerit tapasivat vanhassa kaupungintalossa ja puhuivat kalastuksesta."
    ),
    "fr": ("Les ministres des deux pays se sont rencontrés à la mairie et ont parlé de la pêche."),
    "he": "שרי שתי המדינות נפגשו בבניין העירייה הישן ודיברו על זכויות הדיג בים.",
    "hi": ("दोनों देशों के मंत्री पुराने नगर भवन में मिले और मछली पकड़ने के अधिकारों पर बात की।"),
    "hu": (
        "A két ország miniszterei a régi városházán találkoztak, és a halászati jogokról beszéltek."
    ),
    "it": (
        "I ministri dei due paesi si sono incontrati nel vecchio municipio e "
        "hanno parlato di pesca."
    ),
    "ja": "両国の大臣は古い市庁舎で会い、漁業権について話し合った。",
    "ko": "두 나라의 장관들은 옛 시청에서 만나 어업권에 대해 이야기를 나누었다.",
    "nl": (
        "De ministers van beide landen kwamen bijeen in het oude stadhuis en "
        "spraken over de visserij."
    ),
    "pl": (
        "Ministrowie obu krajów spotkali się w starym ratuszu i rozmawiali o prawach do połowów."
    ),
    "pt": (
        "Os ministros dos dois países reuniram-se na antiga câmara municipal e "
        "falaram sobre a pesca."
    ),
    "ro": (
        "Miniștrii celor două țări s-au întâlnit în vechea primărie și au vorbit despre pescuit."
    ),
    "ru": ("Министры обеих стран встретились в старой ратуше и говорили о правах на рыболовство."),
    "sv": ("Ministrarna från båda länderna träffades i det gamla rådhuset och talade om fisket."),
    "tr": (
        "İki ülkenin bakanları eski belediye binasında bir araya geldi ve "
        "balıkçılık hakkında konuştu."
    ),
    "uk": ("Міністри обох країн зустрілися в старій ратуші й говорили про права на рибальство."),
    "vi": ("Các bộ trưởng của hai nước đã gặp nhau tại tòa thị chính cũ và nói về quyền đánh cá."),
    "zh": "两国部长在旧市政厅会面，就渔业权问题进行了讨论，并同意继续对话。",
}
NAMES = (
    "Recep Tayyip Erdoğan, Kyriakos Mitsotakis, Zoran Milanović, Andrej Plenković, Viktor Orbán, "
    "Emmanuel Macron, Annalena Baerbock, Frank-Walter Steinmeier, Pedro Sánchez, Mateusz Morawiecki"
)


def language(text: str, said: str | None = None) -> str | None:
    return Language()(Document(id="d", text=text, language=said)).language


@pytest.mark.parametrize("code", SENTENCES)
def test_a_sentence_tells_its_language(code: str) -> None:
    assert language(SENTENCES[code]) == code
    assert named(code).isalpha()


@pytest.mark.parametrize("code", ["de", "fr", "pl", "ru", "tr", "vi"])
def test_headlines_in_capitals_tell_it_too(code: str) -> None:
    assert language(SENTENCES[code].upper()) == code
    assert language(ENGLISH.upper()) is None


def test_english_that_nobody_declared_stays_as_it_is() -> None:
    doc = Document(id="d", text=ENGLISH)
    assert Language()(doc) is doc
    assert language(ENGLISH, said="en") == "en"


def test_words_count_more_than_what_a_page_says_of_itself() -> None:
    assert language(ENGLISH, said="de") == "en"
    assert language(GERMAN, said="en") == "de"


def test_what_a_page_says_counts_where_words_are_few() -> None:
    assert language("Guten Morgen, Norwegen!", said="de") == "de"
    assert language("Guten Morgen, Norwegen!") is None


@pytest.mark.parametrize(
    ("code", "text"),
    [
        (
            "de",
            "Präsident Emmanuel Macron traf am Montag in Paris Bundeskanzler Olaf Scholz. "
            "Sie sprachen über den Krieg in der Ukraine.",
        ),
        ("fr", "Emmanuel Macron s'est rendu à Berlin avec Catherine Colonna. Il a vu les Verts."),
        ("fr", "Le président Emmanuel Macron a rencontré Olaf Scholz à Paris."),
        ("es", "El Rey Felipe VI y Sánchez se vieron en Madrid con Macron."),
        ("it", "Mattarella ha visto il Papa al Quirinale con Meloni."),
        ("sv", "Kristersson träffade Støre på Arlanda och Orpo i Åbo."),
    ],
)
def test_little_words_tell_the_language_of_one_sentence(code: str, text: str) -> None:
    assert language(text) == code


@pytest.mark.parametrize(
    "text",
    [
        "Ursula von der Leyen, Luis de la Calle, Rio de Janeiro, Côte d'Ivoire, Los Angeles",
        "Von der Leyen met Macron. Der Spiegel, Die Zeit, La Repubblica, Le Monde, El País wrote.",
        "Le Pen met Le Drian. Presidente Frei met Le Pen.",
        "Macron met Scholz over gas, met Biden over coal. No deal.",
        "Der Spiegel quoted Scholz. Die Zeit quoted Merz. Die Linke is out.",
    ],
)
def test_names_of_other_languages_in_short_english_tell_nothing(text: str) -> None:
    assert language(text) is None


@pytest.mark.parametrize(
    "text",
    [
        NAMES,
        f"{NAMES} met in Dubrovnik on Monday, and Ursula von der Leyen spoke to all of them.",
        "1 234 567,89 " * 50,
        "😀 👩‍👩‍👧 — … " * 50,
        "",
        "https://www.beispiel.de/nachrichten/politik/2025/ministerium",
    ],
)
def test_names_numbers_and_signs_are_no_language(text: str) -> None:
    assert language(text) is None


def test_most_of_the_words_decide_and_half_is_enough_for_english() -> None:
    quoted = f"{ENGLISH} {ENGLISH} “{GERMAN}” {ENGLISH}"
    assert language(quoted) is None
    page = 14 * f"{ENGLISH}\n"
    other = 14 * f"{SENTENCES['fr']}\n"
    assert language(f"{page}\n{page}\n{other}") is None
    assert language(f"{other}\n{page}\n{other}\n{other}") == "fr"


def test_a_book_is_told_by_pieces_from_all_over_it() -> None:
    assert detected("1234 " * 20_000 + f"{GERMAN} " * 2_000) == "de"


def test_no_article_of_ours_is_taken_for_another_language() -> None:
    found = {file.name: detected(file.read_text("utf-8")) for file in Path("seeds").glob("*.txt")}
    assert len(found) >= 10
    assert set(found.values()) == {"en"}
