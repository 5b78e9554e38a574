import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.queries.passages import cut
from sources.text.offsets import Extent


@pytest.mark.lengthy
@given(
    st.text(min_size=1, max_size=60),
    st.integers(0, 40),
    st.lists(st.tuples(st.integers(0, 120), st.integers(1, 30)), min_size=1, max_size=4),
)
def test_parts_join_to_the_text_and_mark_what_the_extent_covers(
    text: str, start: int, spans: list[tuple[int, int]]
) -> None:
    extent = Extent(tuple((low, low + length) for low, length in spans))
    parts = cut(text, start, extent.stretches)
    assert "".join(part.text for part in parts) == text
    covered = [any(low <= start + i < high for low, high in extent.stretches) for i in range(len(text))]
    marked = [part.marked for part in parts for _ in part.text]
    assert marked == covered
    assert all(part.text for part in parts)
