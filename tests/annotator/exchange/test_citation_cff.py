"""CITATION.cff, read as YAML: who made the dataset, and under which licence."""

from datetime import UTC, datetime

import pytest

from annotator.exchange.exporters.citation_cff import write
from annotator.exchange.exporters.description import Description

PLAIN = {
    "project": "Harbour",
    "slug": "harbour",
    "number": 1,
    "title": "Harbour",
    "created": datetime(2025, 1, 1, tzinfo=UTC),
    "software_version": "1",
}


def lines(**other: object) -> list[str]:
    return write(Description(**(PLAIN | other))).decode().splitlines()


def test_people_have_names_of_people_and_a_project_that_of_an_entity() -> None:
    made = lines(contributors=("Dario Ferrant", "ilse", "كريم"))
    begin = made.index("authors:") + 1
    assert '  - family-names: "Ferrant"' in made[begin:] or '    family-names: "Ferrant"' in made[begin:]
    assert '  - given-names: "Dario"' in made[begin:] or '    given-names: "Dario"' in made[begin:]
    assert '  - alias: "ilse"' in made[begin:]
    assert '  - alias: "كريم"' in made[begin:]
    assert not any("name: " in line and "names" not in line for line in made[begin:])
    assert '  - name: "Harbour"' in lines()


@pytest.mark.parametrize(
    ("licence", "said"),
    [
        ("CC BY 4.0", "license: CC-BY-4.0"),
        ("CC0-1.0", "license: CC0-1.0"),
        ("https://example.org/terms", 'license-url: "https://example.org/terms"'),
    ],
)
def test_a_licence_is_an_identifier_or_an_address(licence: str, said: str) -> None:
    made = lines(licence=licence)
    assert said in made
    assert not any("Licence:" in line for line in made)


@pytest.mark.parametrize("licence", ["ask us", "CC BY 9.9", "MIT\nauthors:", 'https://a"b'])
def test_any_other_licence_is_told_in_words(licence: str) -> None:
    made = lines(licence=licence)
    assert not any(line.startswith("license") for line in made)
    (message,) = (line for line in made if line.startswith("message: "))
    assert "Licence: " in message
    assert made.count("authors:") == 1
