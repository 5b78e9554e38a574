"""Names that may mean the same: proposed with a reason, and nobody where two could be meant."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.detect.names import Called, bare, initials, meant, proposals, script_of, words
from tests.growth import growth

NAMES = st.text(alphabet=st.sampled_from("abcABC .-éيیكک \u0301\u200cДж中"), max_size=24) | st.sampled_from(
    ["Mr. Holm", "Holm", "Jonas Holm", "J. Holm", "Dr Holm", "Lina Holm", "Holm Jonas"]
)


def people(*names: str, person: bool = True) -> list[Called]:
    return [Called(n, name, person=person) for n, name in enumerate(names)]


def reasons(everybody: list[Called]) -> dict[tuple[str, str], str]:
    called = {one.key: one.name for one in everybody}
    return {(called[p.first], called[p.second]): p.reason for p in proposals(everybody)}


@pytest.mark.parametrize(
    ("one", "other", "reason"),
    [
        ("Holm", "Jonas Holm", "the same surname"),
        ("Mr. Holm", "Jonas Holm", "the same surname"),
        ("Mr. Jonas Holm", "Jonas Holm", "the same name but for the title"),
        ("Lt. Gen. Jonas Holm", "JONAS  HOLM", "the same name but for the title"),
        ("J. Holm", "Jonas Holm", "the same surname and initial"),
        ("Holm Jonas", "Jonas Holm", "the same words in another order"),
        ("Jónas Holm", "jonas holm", "the same name"),
        ("الشيخ يونس هولم", "یونس هولم", "the same name but for the title"),
        ("هولم", "يونس هولم", "the same surname"),
        ("Господин Холм", "Холм", "the same name but for the title"),
    ],
)
def test_two_alike_are_proposed_with_the_reason(one: str, other: str, reason: str) -> None:
    assert list(reasons(people(one, other)).values()) == [reason]


@pytest.mark.parametrize(
    "names",
    [
        ("Holm", "Jonas Holm", "Lina Holm"),
        ("Jonas Holm", "Lina Holm"),
        ("Jonas", "Jonas Holm"),
        ("L. Holm", "Jonas Holm"),
        ("Minister", "President"),
        ("Holm", "Holmberg"),
        ("", " "),
    ],
)
def test_nobody_is_proposed(names: tuple[str, ...]) -> None:
    assert reasons(people(*names)) == {}


def test_an_alias_is_a_reason() -> None:
    one, other = Called(1, "Jonas Holm", ("The Ferryman",)), Called(2, "the ferryman")
    assert [p.reason for p in proposals([one, other])] == ["is an alias of the other: “The Ferryman”"]
    third = Called(3, "Jon Hulm", ("the Ferryman",))
    assert [p.reason for p in proposals([one, third])] == ["both are also called “The Ferryman”"]


def test_initials_are_of_one_organisation() -> None:
    assert initials("Northern Relief Corps of the Isles") == "nrci"
    alike = people("NRC", "Northern Relief Corps", person=False)
    assert list(reasons(alike).values()) == ["NRC may be its initials"]
    assert reasons(people("NRC", "Northern Relief Corps", "Nordic Rail Company", person=False)) == {}
    assert reasons(people("Holm", "Jonas Holm", person=False)) == {}, "no surnames but of people"


def test_within_an_article_a_surname_means_the_full_name() -> None:
    crowd = people("Jonas Holm", "Lina Berg", "Ada Berg")
    assert meant("Holm", crowd) == meant("Mr Holm", crowd) == meant("J. Holm", crowd) == 0
    assert meant("Lina Berg", crowd) == 1
    assert meant("Berg", crowd) is None
    assert meant("A. Berg", crowd) == 2
    assert meant("Jonas", crowd) is None
    assert meant("", crowd) is None
    assert meant("Holm", [*crowd, Called(9, "Holm")]) == 9, "somebody called just that comes first"


@pytest.mark.parametrize(
    ("name", "script"), [("Ян Holm", "Latn"), ("يونس", "Arab"), ("Холм", "Cyrl"), ("42", "")]
)
def test_scripts(name: str, script: str) -> None:
    assert script_of(name) == script


@given(NAMES)
def test_a_title_is_never_all_that_is_left_out(name: str) -> None:
    assert bool(bare(name)) == bool(words(name))
    assert words(name)[len(words(name)) - len(bare(name)) :] == bare(name)
    assert bare(" ".join(bare(name))) == bare(name)
    assert words(unicodedata.normalize("NFD", name)) == words(name)


@given(st.lists(NAMES, max_size=12))
def test_proposals_are_pairs_once_and_do_not_hang_on_the_order(names: list[str]) -> None:
    everybody = people(*names)
    found = proposals(everybody)
    pairs = [(p.first, p.second) for p in found]
    assert len(set(pairs)) == len(pairs)
    assert all(first < second for first, second in pairs)
    assert all(p.reason for p in found)
    linked = {key for pair in pairs for key in pair}
    assert linked == {key for p in proposals(everybody[::-1]) for key in (p.first, p.second)}


@given(NAMES, st.lists(NAMES, max_size=8))
def test_who_is_meant_is_one_of_them_and_the_only_one(said: str, names: list[str]) -> None:
    crowd = people(*names)
    found = meant(said, crowd)
    assert found is None or found in {one.key for one in crowd}
    if found is not None:
        assert meant(said, [*crowd, Called(99, names[found])]) is None


@pytest.mark.lengthy
@pytest.mark.parametrize("name", ["Holm {}", "Holm", "{} Holm", "J. {}", "N R C {}"])
def test_the_work_grows_with_the_names(name: str) -> None:
    def act(size: int) -> object:
        return proposals(Called(n, name.format(n % 700), ("Holm",)) for n in range(size // 32))

    assert growth(act) < 8
