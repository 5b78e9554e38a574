"""Edges of who cites whom that are counted together are those that each claim's way would give."""

from random import Random

import pytest
from django.db.models import F

from annotator.models import Actor
from annotator.queries import overview
from annotator.queries.citing import network
from annotator.queries.claims import Wanted
from sources.models import Article, Publication, Role

from .heard_compared import listed_one_by_one
from .test_heard import Desk


@pytest.mark.django_db
def test_speakers_that_are_the_outlet_or_its_agency_count_for_no_edge_to_themselves(db: None) -> None:
    desk = Desk(Random(5))
    amber, birch, cedar = Publication.objects.filter(project=desk.project).order_by("name")
    for name, outlet in (("Ada", amber), ("Bela", birch)):
        Actor.objects.filter(project=desk.project, name=name).update(
            publication=outlet, version=F("version") + 1
        )
    for text, agency in zip(desk.texts, (birch, amber, cedar), strict=False):
        Article.objects.filter(pk=text.article_id).update(
            original_publication=agency, version=F("version") + 1
        )
    for text in desk.texts:
        for sentence, speaker in enumerate(desk.speakers):
            desk.save(text, sentence, [[{"sources": [speaker]}]])
        desk.save(text, 6, [[{"sources": desk.speakers[:2]}]])
        desk.save(text, 7, [], "draft")
    for role in (Role.MANAGER, None):
        every = overview.claims_of(desk.project, Wanted(once=True), role)
        found = {(one.source, one.target): one.claims for one in network(every, 1000).edges}
        assert found == listed_one_by_one(every)
        assert {(-birch.pk, -amber.pk), (-amber.pk, -birch.pk)} < found.keys()
        assert all(source != target for source, target in found)
