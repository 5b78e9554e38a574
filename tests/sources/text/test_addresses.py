import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.text.addresses import address_key, cited, comparable

PLAIN = "https://harbour.example/2025/08/ferry-story"


@pytest.mark.parametrize(
    "variant",
    [
        "http://harbour.example/2025/08/ferry-story",
        "HTTPS://WWW.Harbour.Example/2025/08/ferry-story",
        "https://m.harbour.example/2025/08/ferry-story/",
        "https://mobile.harbour.example/2025/08/ferry-story",
        "https://amp.harbour.example/2025/08/ferry-story",
        "https://www.m.harbour.example/2025/08/ferry-story",
        "https://harbour.example:443/2025/08/ferry-story",
        "http://harbour.example:80/2025/08/ferry-story",
        "https://harbour.example./2025/08/ferry-story#comments",
        "https://harbour.example/2025/08/ferry-story?utm_source=x&UTM_Campaign=y&fbclid=1&gclid=2",
        "https://harbour.example/2025/08/ferry-story?",
        "https://harbour.example/2025/08/ferry-story/amp/",
        "https://harbour.example/amp/2025/08/ferry-story",
        "https://harbour.example/2025/08/ferry-story.amp",
        "https://harbour.example/2025/08/ferry-story?amp=1",
        "https://harbour.example/2025/08/ferry-story?outputType=amp",
        "https://harbour-example.cdn.ampproject.org/c/s/harbour.example/2025/08/ferry-story",
        "https://www.google.com/amp/s/www.harbour.example/2025/08/ferry-story?utm_medium=z",
        "https://harbour.example//2025/./08/../08/%66erry-story",
        "https://reader:secret@harbour.example/2025/08/ferry-story",
        "  https://harbour.example/2025/08/ferry-story\n",
    ],
)
def test_variants_of_one_address_are_one(variant):
    assert comparable(variant) == comparable(PLAIN) == "harbour.example/2025/08/ferry-story"
    assert address_key(variant) == address_key(PLAIN)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://a.example/story?id=1", "https://a.example/story?id=2"),
        ("https://a.example/story?cid=1", "https://a.example/story?cid=2"),
        ("https://a.example/story?pk_id=1", "https://a.example/story?pk_id=2"),
        ("https://a.example/story?at_page=1", "https://a.example/story?at_page=2"),
        ("https://a.example/story?ns_article=1", "https://a.example/story?ns_article=2"),
        ("https://a.example/?p=12", "https://a.example/?p=13"),
        ("https://a.example/read?ref=12", "https://a.example/read?ref=13"),
        ("https://a.example/read?source=12", "https://a.example/read"),
        ("https://a.example/read?a", "https://a.example/read?b"),
        ("https://a.example/a%2Fb", "https://a.example/a/b"),
        ("https://a.example/Story", "https://a.example/story"),
        ("https://a.example:8080/story", "https://a.example/story"),
        ("https://a.example/#!/story/1", "https://a.example/#!/story/2"),
        ("https://news.a.example/story", "https://a.example/story"),
        ("https://m.me/story", "https://me/story"),
        ("https://a.example/amp", "https://a.example/"),
        ("https://a.example/stamp", "https://a.example/st"),
        ("https://www.google.com/search?q=a", "https://www.google.com/search?q=b"),
    ],
)
def test_what_names_the_article_stays(one, other):
    assert comparable(one) != comparable(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://a.example/s?b=2&a=1", "https://a.example/s?a=1&b=2"),
        ("https://bücher.example/größe", "https://xn--bcher-kva.example/gr%C3%B6%c3%9fe"),
        ("https://a.example/~b/c", "https://a.example/%7Eb/c"),
        ("https://a.example/s?q=a%20b", "https://a.example/s?q=a+b"),
    ],
)
def test_other_ways_to_write_the_same(one, other):
    assert comparable(one) == comparable(other)


@pytest.mark.parametrize(
    "what",
    [
        "",
        "   ",
        "ferry",
        "ftp://a.example/story",
        "mailto:a@a.example",
        "https://",
        "https:///story",
        "https://a.example:x/",
        "https://a.example:99999/",
        "https://[::1/story",
        "javascript:alert(1)",
    ],
)
def test_what_is_no_web_address_has_no_key(what):
    assert address_key(what) == ""


@pytest.mark.lengthy
@given(st.text())
def test_anything_has_a_key_or_none(text):
    assert len(address_key(text)) in (0, 64)
    assert len(address_key(f"https://a.example/{text}")) in (0, 64)


def test_a_key_is_comparable_again():
    told = comparable("https://www.a.example/s?b=2&a=%C3%BC&utm_source=1")
    assert comparable(f"https://{told}") == told


def test_caches_within_caches_end():
    deep = "https://www.google.com/amp/s/" + "www.google.com/amp/s/" * 300 + "a.example/story"
    assert len(comparable(deep)) <= 5000


@pytest.mark.parametrize(
    ("address", "told"),
    [
        (
            "https://a.example/story?utm_source=x&id=5%20b&fbclid=1#top",
            "https://a.example/story?id=5%20b#top",
        ),
        ("https://a.example/story?utm_source=x", "https://a.example/story"),
        ("https://a.example/story?id=5&ID=6&", "https://a.example/story?id=5&ID=6&"),
        ("https://a.example/story?outputType=html", "https://a.example/story?outputType=html"),
        ("https://a.example/story#a?utm_source=x", "https://a.example/story#a?utm_source=x"),
        ("https://a.example/story?", "https://a.example/story?"),
        ("not an address?utm_source=x", "not an address?utm_source=x"),
        ("", ""),
    ],
)
def test_an_address_is_cited_without_what_follows_readers_about(address, told):
    assert cited(address) == told
    assert cited(told) == told
    assert address_key(told) == address_key(address)
