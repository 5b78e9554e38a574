"""Who is called much as somebody new: with the reason, the strongest first."""

import pytest
from hypothesis import given

from annotator.detect.names import Called
from annotator.detect.similar_names import MOST, similar_names
from tests.growth import growth

from .test_names import NAMES, people


@pytest.mark.parametrize(
    ("said", "known", "reason"),
    [
        ("jonas HÓLM", "Jonas Holm", "the same name"),
        ("Mr. Jonas Holm", "Jonas Holm", "the same name but for the title"),
        ("Holm Jonas", "Jonas Holm", "the same words in another order"),
        ("Mr. Holm", "Jonas Holm", "the same surname"),
        ("Jonas Holm", "Holm", "the same surname"),
        ("J. Holm", "Jonas Holm", "the same surname and initial"),
        ("Jonas Holmm", "Jonas Holm", "spelt alike, 77 %"),
        ("الشيخ يونس هولم", "یونس هولم", "the same name but for the title"),
    ],
)
def test_one_alike_is_told_with_the_reason(said: str, known: str, reason: str) -> None:
    assert [one.reason for one in similar_names(said, people(known, "Ada Berg"))] == [reason]


def test_aliases_and_initials() -> None:
    known = [Called(1, "Jonas Holm", ("The Ferryman",)), Called(2, "Northern Relief Corps", person=False)]
    assert [one.reason for one in similar_names("the ferryman", known)] == ["also called “The Ferryman”"]
    assert [one.key for one in similar_names("N.R.C.", known)] == [2]
    no_surnames = similar_names("Holm", [Called(3, "Jonas Holm", person=False)])
    assert [one.reason for one in no_surnames] == ["shares “holm”"]


def test_the_strongest_first_then_those_of_the_text() -> None:
    crowd = people("Lina Berg", "Ada Berg", "Berg")
    assert [one.key for one in similar_names("Berg", crowd, frozenset({1}))] == [2, 1, 0]
    assert similar_names("", crowd) == similar_names("\u0301\u200f", crowd) == []


@given(NAMES)
def test_at_most_a_few_each_once_and_with_a_reason(said: str) -> None:
    found = similar_names(said, people(*(f"{said} {n}" for n in range(20)), said, said[:3]))
    assert len(found) <= MOST and len({one.key for one in found}) == len(found)
    assert all(one.reason for one in found)


@pytest.mark.parametrize("name", ["Holm {}", "a" * 40, "e\u0301" * 20])
def test_the_work_grows_with_the_names(name: str) -> None:
    def act(size: int) -> object:
        return similar_names("Holm", [Called(n, name.format(n), ("Holm B",)) for n in range(size // 32)])

    assert growth(act) < 8
