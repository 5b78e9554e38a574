"""Names beside numbers in a picture: one that runs leftwards keeps to itself."""

import pytest

from sources.text.printable import isolated


@pytest.mark.parametrize(
    ("name", "turns"),
    [
        ("Velm Herald", False),
        ("", False),
        ("Café 24", False),
        ("新聞 4", False),
        ("صحيفة المرفأ", True),
        ("Velm צהרים", True),
        ("٤٢", True),
        ("𞤀𞤣𞤤𞤢𞤥", True),
    ],
)
def test_a_name_that_runs_leftwards_keeps_to_itself(name: str, turns: bool) -> None:
    assert isolated(name) == (f"\u2068{name}\u2069" if turns else name)
