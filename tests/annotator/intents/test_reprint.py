import pytest

from annotator.intents.refusal import Refused
from annotator.intents.reprint import DEEDS, parse_judgement


@pytest.mark.parametrize("deed", DEEDS)
def test_every_deed_is_parsed(deed: str) -> None:
    assert parse_judgement(deed).deed == deed


@pytest.mark.parametrize(
    "value", ["", "REPRINT", "reprint ", None, 7, ["reprint"], {"do": "reprint"}, "x" * 9999]
)
def test_anything_else_is_refused(value: object) -> None:
    with pytest.raises(Refused) as refusal:
        parse_judgement(value)
    assert (refusal.value.field, refusal.value.rule) == ("do", "deed")
