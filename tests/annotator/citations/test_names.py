import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.citations.csl import ArticleRecord, cite
from annotator.citations.names import csl_name


@pytest.mark.parametrize(
    ("author", "family", "given_names"),
    [
        ("Dario Ferrant", "Ferrant", "Dario"),
        ("Ferrant, Dario", "Ferrant", "Dario"),
        ("  Dario   Ferrant ", "Ferrant", "Dario"),
        ("Dario M. Ferrant", "Ferrant", "Dario M."),
        ("Ada E. Ferrant", "Ferrant", "Ada E."),
        ("Edith Bankole", "Bankole", "Edith"),
        ("J. Ferrant", "Ferrant", "J."),
        ("J.R. Ferrant", "Ferrant", "J.R."),
        ("J. Edgar Ferrant", "Ferrant", "J. Edgar"),
        ("Ciara Ó’Briain", "Ó’Briain", "Ciara"),
        ("Marie-Claire Saint-Just", "Saint-Just", "Marie-Claire"),
        ("Anna van der Berg", "van der Berg", "Anna"),
        ("Anna Van der Berg", "Van der Berg", "Anna"),
        ("Ludwig von Tarn", "von Tarn", "Ludwig"),
        ("Maria De Souza", "De Souza", "Maria"),
        ("Jeanne d’Orsel", "d’Orsel", "Jeanne"),
        ("Omar al-Sayed", "al-Sayed", "Omar"),
        ("Omar al Sayed", "al Sayed", "Omar"),
        ("van der Berg, Anna", "van der Berg", "Anna"),
        ("al-Sayed, Omar", "al-Sayed", "Omar"),
        ("García Ferrant, Inés", "García Ferrant", "Inés"),
        ("محمد, علی", "محمد", "علی"),
        ("Ferrant, Dario, Jr.", "Ferrant", "Dario, Jr."),
        ("Łukasz Żak", "Żak", "Łukasz"),
    ],
)
def test_family_and_given_names_are_told_apart(author: str, family: str, given_names: str) -> None:
    assert csl_name(author, "en", "The Courier") == {"family": family, "given": given_names}


@pytest.mark.parametrize(
    "author",
    [
        *("Nordpost", "Harbour News", "The Quay", "Courier Staff", "Staff Writer", "Associated Press", "BBC"),
        *("Kai Radio", "Ministry of Dykes", "Dario Ferrant and Ada Quill", "Dario Ferrant, Reuters Agency"),
        *(
            "Ferrant, Dario, Quill, Ada",
            "Inés García Ferrant",
            "Mary Jane Quill",
            "Kim Jong Un",
            "Xi Jinping",
        ),
        *(
            "Kim Minsu",
            "Nguyen Anh",
            "dario ferrant",
            "DARIO FERRANT",
            "Dr. Dario Ferrant",
            "By Dario Ferrant",
        ),
        *(
            "محمد علی",
            "Анна Петрова",
            "王小明",
            "Dario 2nd Ferrant",
            "Dario",
            "D",
            "",
            "van Berg",
            "Al-Sayed",
        ),
        *(
            "Khalid bin Omar",
            "Ortega y Gasset",
            "Ferrant, Jr.",
            ", Dario",
            "Ferrant,",
            "de la",
            "Dario van",
            "Ferrant Dario (AP)",
        ),
        *("Dario Courier-Post", "x" * 300, "Dario O", "@dario Ferrant", "dario.ferrant@quay.example Ferrant"),
    ],
)
def test_what_is_unclear_stays_as_it_stands(author: str) -> None:
    assert csl_name(author, "en", "Nordpost Berlin") == {"literal": author}


def test_what_shares_its_words_with_the_outlet_is_no_person() -> None:
    assert csl_name("Velm Quarterly", "en", "Velm Quarterly") == {"literal": "Velm Quarterly"}
    assert "family" in csl_name("Velm Quarterly", "en", "Another")


@pytest.mark.parametrize("language", ["hu", "zh-Hans", "ko", "ja-JP", "vi"])
def test_a_language_that_puts_the_family_first_leaves_it_open(language: str) -> None:
    assert csl_name("Ferrant Dario", language) == {"literal": "Ferrant Dario"}
    assert csl_name("Ferrant, Dario", language) == {"family": "Ferrant", "given": "Dario"}


@pytest.mark.parametrize(
    ("author", "apa"),
    [
        ("Dario Ferrant", "Ferrant, D."),
        ("Anna van der Berg", "van der Berg, A."),
        ("Omar al-Sayed", "al-Sayed, O."),
        ("J.R. Ferrant", "Ferrant, J. R."),
        ("Nordpost", "Nordpost."),
    ],
)
def test_apa_turns_names_round(author: str, apa: str) -> None:
    record = ArticleRecord(
        uuid="00000000-0000-4000-8000-000000000001", title="It stood open", authors=(author,), outlet="Quay"
    )
    assert cite(record).startswith(f"{apa} (n.d.). It stood open")


@given(st.text(max_size=60))
def test_any_byline_is_a_name_that_says_all_of_it(author: str) -> None:
    name = csl_name(author)
    said = name.get("literal") or " ".join(name.values())
    assert sorted("".join(said.split()).replace(",", "")) == sorted("".join(author.split()).replace(",", ""))
