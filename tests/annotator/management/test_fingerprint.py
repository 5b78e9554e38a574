"""`fingerprint`: texts from before wordings were stored get theirs, once."""

import pytest
from django.core.management import CommandError, call_command

from sources.actions.addresses import at_address
from sources.models import Article, ArticleAddress, Fingerprint, LikelyReprint
from sources.text.addresses import RULE
from tests.factories import World, stored
from tests.reprinted import AGENCY, REPRINTS

pytestmark = pytest.mark.django_db


def told(capsys: pytest.CaptureFixture[str], *options: str) -> str:
    call_command("fingerprint", *options)
    return capsys.readouterr().out


def test_older_texts_are_fingerprinted_and_compared_once(
    small_world_here: World, capsys: pytest.CaptureFixture[str]
) -> None:
    here = small_world_here.here.project
    stored(small_world_here.manager, here, AGENCY, "Nordpost")
    Fingerprint.objects.all().update(recipe="older")
    stored(small_world_here.manager, here, REPRINTS["half of it cut"], "Kai Radio")
    assert not LikelyReprint.objects.exists()
    assert told(capsys, "--project", "here") == "here: 4 texts, 1 likely reprints, 0 addresses\n"
    assert told(capsys, "--project", "here") == "here: 0 texts, 0 likely reprints, 0 addresses\n"
    assert told(capsys).splitlines()[1].startswith("there: 3 texts")


def test_addresses_known_by_an_older_rule_are_known_by_the_present_one(
    small_world_here: World, capsys: pytest.CaptureFixture[str]
) -> None:
    """By the older one two articles stood at one address, one at none, and one whose address is gone."""
    here, by = small_world_here.here.project, small_world_here.manager
    addresses = ("https://tide.example/a?id=1", "https://tide.example/a?id=2", "https://tide.example/b", "")
    articles = [stored(by, here, f"Weir {n} gives way at dawn. {AGENCY}").article for n in range(4)]
    for number, (article, address) in enumerate(zip(articles, addresses, strict=True)):
        Article.objects.filter(pk=article.pk).update(url=address, version=2)
        if number != 1:
            about = {"project": here, "article": article, "rule": RULE - 1}
            ArticleAddress.objects.create(**about, key=f"{number}" * 64)
    assert at_address(here, addresses[0]) is None
    assert told(capsys, "--project", "here").endswith(", 3 addresses\n")
    for article, address in list(zip(articles, addresses, strict=True))[:3]:
        assert at_address(here, address.replace("https://", "http://www.")) == article
    assert not ArticleAddress.objects.exclude(rule=RULE).exists()
    assert told(capsys, "--project", "here").endswith(", 0 addresses\n")


def test_a_project_that_is_not_there_is_said_so(db: None) -> None:
    with pytest.raises(CommandError, match="no project 'nowhere'"):
        call_command("fingerprint", "--project", "nowhere")
