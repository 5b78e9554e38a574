"""Where two texts are cut to be laid beside each other."""

import pytest

from sources.text.alignment import align
from tests.growth import growth


@pytest.mark.lengthy
@pytest.mark.parametrize("stops", [".", "。", '."', "…)"])
def test_rows_of_stops_are_cut_in_time_that_grows_with_them_alone(stops):
    assert growth(lambda size: align(f"a{stops * size}b", f"c{stops * size}d")) < 9


def test_a_sentence_ends_behind_its_stops():
    kept, other = "The ferry stayed in port。The tram did not! ", "Nobody knew... "
    old = f"{other}{kept}"
    same = {old[block.old :][: block.length] for block in align(old, f"{kept}{other}").blocks}
    assert any("The ferry stayed in port。" in words for words in same)
