"""PostgreSQL and Python lay a text on one line alike."""

import pytest
from django.db import connection

from sources.text.standing import line_of


@pytest.mark.django_db
def test_a_text_is_one_line_alike() -> None:
    everything = "".join(chr(c) for c in (*range(1, 0xD800), *range(0xE000, 0x11000), 0x1F309))
    with connection.cursor() as cursor:
        for text in (everything, " a\n\n b\u00a0\u202ec\t", "x"):
            cursor.execute("SELECT sourceline_one_line(%s)", [text])
            assert cursor.fetchone()[0].strip(" ") == line_of(text)
