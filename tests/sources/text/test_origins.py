import pytest

from sources.text.blocks import cut_blocks
from sources.text.origins import origins
from tests.growth import growth

BEFORE = "Ferry stays in port\n\nThe ferry stayed in port, and nobody was hurt.\n\nTwo lorries waited.\n\n"
AP = "Associated Press"
AFP = "Agence France-Presse"


def found(line: str, before: str = BEFORE) -> list[tuple[str, bool]]:
    text = before + line
    told = origins(text, cut_blocks(text))
    assert all(text[one.start : one.end] == one.words for one in told)
    return [(one.outlet, one.sure) for one in told]


@pytest.mark.parametrize(
    ("line", "outlet"),
    [
        ("© 2025 The Associated Press. All rights reserved.", AP),
        ("Copyright 2025 The Associated Press", AP),
        ("(c) 2025 AFP", AFP),
        ("The harbour master promised a report by Friday. — AFP", AFP),
        ("The harbour master promised a report by Friday. (Reuters)", "Reuters"),
        ("Der Hafenmeister versprach einen Bericht bis Freitag. dpa/lno", "dpa"),
        ("(AP)", AP),
        ("Quelle: dpa", "dpa"),
        ("Fuente: EFE", "EFE"),
        ("Source : AFP", AFP),
        ("Dieser Artikel erschien zuerst in der Hafener Zeitung.", "Hafener Zeitung"),
        ("Cet article a été initialement publié dans le Journal du Port.", "le Journal du Port"),
        ("Publicado originalmente en Diario del Puerto.", "Diario del Puerto"),
    ],
)
def test_lines_that_speak_of_the_whole_text_settle_it(line, outlet):
    assert found(line) == [(outlet, True)]


@pytest.mark.parametrize(
    ("line", "outlet"),
    [
        (
            "The crack was known in spring, according to a report in The Harbour Post on Monday.",
            "The Harbour Post",
        ),
        ("It was known, according to a report in the Harbour Post.", "The Harbour Post"),
        ("The crack, first reported by The Velm Tribune, was known in spring.", "The Velm Tribune"),
        ("With reporting from Reuters.", "Reuters"),
        ("Mit Material von dpa", "dpa"),
        ("(avec AFP)", AFP),
        ("Con información de EFE.", "EFE"),
        (
            "Der Riss war laut einem Bericht der Zeitung „Hafener Bote“ seit dem Frühjahr bekannt.",
            "Hafener Bote",
        ),
        ("La fissure était connue, selon le journal Le Monde, depuis le printemps.", "Le Monde"),
        ("La grieta se conocía, según el diario El País, desde la primavera.", "El País"),
    ],
)
def test_words_about_one_thing_in_it_only_propose(line, outlet):
    assert found(line + "\n\nThe end of the story stands here.") == [(outlet, False)]


@pytest.mark.parametrize(
    "line",
    [
        "The bridge is safe, according to the harbour office.",
        "The bridge is safe, according to a report by the Ministry of Transport.",
        "According to Emily Post, it was polite.",
        "With reporting from Berlin.",
        "© 2025 The Velm Courier. All rights reserved.",
        "Source: Ministry of Health",
        "Quelle: Statistisches Bundesamt",
        "He read it in a report — AP exams were cancelled.",
        "The AP said so.",
        "The harbour office (AFP stands for another firm) said so.",
        "Zuerst in der Küche, dann im Garten.",
        "El barco fue publicado en la lista.",
        "She waited — and then she left. (Laughter)",
    ],
)
def test_what_is_not_sure_to_be_an_outlet_says_nothing(line):
    assert found(line) == []


def test_an_agency_signs_the_end_of_the_story_alone():
    assert found("Two more lorries came. — AFP\n\nThen the ferry left, and the quay was empty again.") == []


def test_each_outlet_is_told_once_and_the_sure_first():
    line = "Known, according to a report in The Harbour Post, and according to The Harbour Post. — AFP"
    assert found(line) == [(AFP, True), ("The Harbour Post", False)]


@pytest.mark.parametrize(
    ("first", "second", "outlet", "words"),
    [
        ("(Reuters) The lock is shut.", "The report is due. (Reuters)\n\nIt rained.", "Reuters", "(Reuters)"),
        ("The master told Reuters so.", "Reuters reported a crack on Monday.", "Reuters", "told Reuters"),
        ("So told AP the master.", "The news agency AP heard more.", AP, "told AP"),
        ("Die Nachrichtenagentur dpa meldete es.", "Das meldete (dpa).", "dpa", "Nachrichtenagentur dpa"),
        ("Selon l’agence AFP, il pleut.", "L’agence AFP le dit.", AFP, "agence AFP"),
        ("La agencia EFE lo supo.", "EFE informó de más.", "EFE", "agencia EFE"),
        ("قالت وكالة رويترز ذلك.", "وأضافت (رويترز) شيئا.", "Reuters", "وكالة رويترز"),
    ],
)
def test_an_agency_that_is_named_several_times_is_proposed_once(first, second, outlet, words):
    text = f"{BEFORE}{first}\n\n{second}\n\nThe end of the story stands here."
    (told,) = origins(text, cut_blocks(text))
    assert (told.outlet, told.words, told.times, told.sure) == (outlet, words, 2, False)


def test_what_settles_it_is_told_with_its_bracket_and_once():
    text = f"{BEFORE}VELM (Reuters) – The lock is shut.\n\nThe report is due, Reuters reported. (Reuters)"
    (told,) = origins(text, cut_blocks(text))
    assert (told.outlet, told.words, told.sure) == ("Reuters", "(Reuters)", True)


@pytest.mark.parametrize(
    "line",
    [
        "Reuters reported a crack on Monday.",
        "The lock. (Reuters)\n\nThe quay. (Reuters)",
        "The (AP) was there, and AP exams were set by AP teachers.",
    ],
)
def test_an_agency_that_is_named_once_is_where_one_thing_is_from(line):
    assert found(line + "\n\nThe end of the story stands here.") == []


@pytest.mark.lengthy
@pytest.mark.parametrize(
    "piece",
    [
        "(Reuters",
        "told ",
        "Reuters ",
        "according to ",
        "A ",
        "© ",
        "selon le journal ",
        "x. — AF",
        "With Reporting From The ",
        "The Post of de la ",
    ],
)
def test_time_grows_with_the_text_alone(piece):
    def act(size: int) -> None:
        text = BEFORE + piece * size
        origins(text, cut_blocks(text))

    assert growth(act) < 9
