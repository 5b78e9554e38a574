import pytest
from hypothesis import given

from sources.text.direction import direction, direction_of_block, direction_of_language, guess_language
from tests.sources.text.strategies import texts

SAMPLES = {
    "en": "The water came at night and took the bridge, said the people of the town.",
    "de": "Das Wasser kam in der Nacht und nahm die Brücke mit, sagen die Leute aus dem Dorf.",
    "fr": "Les bateaux ne sont pas venus, et le maire attend une lettre dans la nuit.",
    "es": "El agua llegó por la noche y se llevó el puente, según los vecinos de la aldea.",
    "tr": "Köprü için bir mektup daha geldi ve bu da olarak kabul edildi, ancak çok geç.",
    "uk": "Вода прийшла вночі й забрала міст, кажуть люди.",
    "ru": "Вода пришла ночью и забрала мост, говорят люди.",
    "ar": "قال سكان القرية إن الماء جاء ليلا وأخذ الجسر معه.",
    "ur": "گاؤں والوں نے کہا کہ پانی رات کو آیا اور پل بہا لے گیا۔",
    "fa": "مردم روستا گفتند آب شب آمد و پل را برد و کسی چیزی نگفت.",
    "he": "המים באו בלילה ולקחו את הגשר.",
}


@pytest.mark.parametrize("language", SAMPLES)
def test_language_and_direction_are_seen_from_the_text(language):
    text = SAMPLES[language]
    assert guess_language(text) == language
    assert direction(text) == direction_of_language(language)


def test_nothing_to_tell_by_is_said_to_be_unknown():
    assert guess_language("42 — 17") is None
    assert guess_language("Zyx qwv mnb lkj hgf dsa poi") is None
    assert direction("42") == "ltr"


def test_a_foreign_name_does_not_turn_a_text():
    assert direction("The mayor, known as محمد, spoke for an hour.") == "ltr"
    assert direction_of_language("ur-PK") == "rtl"


@pytest.mark.parametrize("tag", ["arc", "ckb", "iw", "CKB-IQ", "nqo"])
def test_languages_written_from_right_to_left(tag):
    assert direction_of_language(tag) == "rtl"


@pytest.mark.parametrize("tag", ["", "en", "ku", "arn"])
def test_other_languages_run_from_left_to_right(tag):
    assert direction_of_language(tag) == "ltr"


@pytest.mark.parametrize(
    ("text", "line", "way"),
    [
        ("She added: “It won't hold.”", "rtl", "ltr"),
        ("“قال المدير إن الجسر آمن”", "ltr", "rtl"),
        ("קרא: He said so, and he said it again.", "rtl", "rtl"),
        ("Nordpost: قال المدير إن الجسر آمن", "rtl", "rtl"),
        ("محمد is what the mayor is called.", "ltr", "ltr"),
        ("«42» — 17", "rtl", "rtl"),
        ("", "ltr", "ltr"),
    ],
)
def test_a_part_turns_only_with_its_first_letter_and_most_of_them(text, line, way):
    assert direction_of_block(text, line) == way


@given(texts)
def test_any_text_has_a_direction(text):
    assert direction(text) in ("ltr", "rtl")
    assert guess_language(text) is None or guess_language(text).isalpha()
