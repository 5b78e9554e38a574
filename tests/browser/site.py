"""Every page of the site by the name of its address: a new address without a row here is noticed."""

import json
from collections.abc import Iterator
from uuid import UUID, uuid4

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from annotator.actions import batches, claims, intakes, projects
from annotator.demo.load import load_demo
from annotator.exchange.importers.bundle import At
from annotator.exchange.receiving import Report, Told, parcels
from annotator.intents.batch import CodeMany, Picked
from annotator.models import Actor, Claim, Event
from sources.actions import confirm_reprint, invite
from sources.models import Article, ColumnMapping, Publication, User
from tests.factories import World, new_actor, stored
from tests.factories import claim as new_claim
from tests.reprinted import AGENCY, REPRINTS

from . import account_pages

NO_PAGES = account_pages.NO_PAGES | {
    "health": "for programs",
    "api_tutorial": "a text",
    "release_download": "a file",
    "token_revoke": "leads to the page of tokens",
    "intake_csv": "a file",
    "history_file": "a file",
    "member_remove": "leads to the page of the members",
    "invitation_new": "the same",
    "invitation_revoke": "the same",
    "project_archive": "leads to the settings",
    "project_purge": "leads to all projects",
    "article_again": "leads to the page of the intake",
    "release_workbook": "a file",
    "release_changes": "there once a release is built",
    "release_changes_file": "a file",
    "release_count": "a part of the form",
    "speaker_plot": "a file",
    "overview_plot": "a file",
    "codebook_file": "a file",
    "text_raw": "a file",
    "code_merge_undo": "leads to the page of the code",
    "batch_new": "opened by a form with what was ticked",
    "batch_undo": "leads to the page of the act",
    "claim_card": "a part of pages",
    "outlet_delete": "leads to the list of outlets",
    "outlet_add": "leads to the outlet's page",
    "outlet_unmerge": "leads to the outlet's page",
    "record_preview": "a part of pages",
    "claim_form": "for programs",
    "discussion_say": "leads to the page of what is discussed",
    "discussion_settle": "leads to the page of what is discussed",
    "claim_review": "answers with the claim's page",
    "claim_submit": "answers with the claim's page",
    "claims_apart": "leads to the claim's page",
    "claim_relate": "answers with the claim's page",
    "claim_unrelate": "leads to the claim's page",
    "event_unmerge": "leads to the event's page",
    "merge_undo": "leads to the actor's page",
    "resolution_undo": "leads to the actor's page",
}
"""Addresses that never show a page of their own, and what they do instead."""

ARABIC = """أُغلق جسر النهر بعد العثور على شق

بقلم ليلى حداد

قال المدير سامي منصور إن الجسر آمن «ولم نجد سوى شق صغير». وأضاف أن الشاحنات عادت يوم الجمعة.

نفى المهندس أن يكون أحد قد حُذّر. Two lorries turned back في الربيع.
"""


def names_of_pages() -> Iterator[str]:
    """The names of all addresses that are not the API's own."""
    yield from _names(get_resolver().url_patterns)


def _names(patterns: list[URLPattern | URLResolver]) -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from _names(pattern.url_patterns)
        elif not hasattr(pattern.callback, "cls"):  # what the REST framework serves speaks JSON
            yield str(pattern.name)


class Site:
    """The small world; beside it the demo, an empty project and an Arabic article. `by` is in all of them."""

    def __init__(self, world: World) -> None:
        self.world, self.here = world, world.here
        self.by: User = world.manager
        self.demo = load_demo(by=self.by).project
        self.empty = projects.open_project(by=self.by, name="Nothing yet", slug="nothing-yet")
        self.arabic = stored(self.by, self.here.project, ARABIC, "الجسر")
        said = {"role": "said", "sources": [new_actor("سامي منصور")]}
        self.arabic_claim = new_claim(
            self.by,
            self.arabic,
            "إن الجسر آمن",
            voice="attributed",
            chains=[[said]],
            paraphrase="The bridge is safe.",
        )
        self.batch = batches.carry_out(
            **{"by": self.by, "project": self.here.project, "deed": "code", "intent": CodeMany("figure")},
            rows=[Picked(self.arabic_claim.uuid, 1)],
            uuid=uuid4(),
            said=[("Type", "Figure")],
        )
        self.withdrawn = new_claim(self.by, self.here.snapshot, "the crack was known in spring")
        claims.withdraw(by=self.by, claim=self.withdrawn)

        self.pairs, self.taken_again = self._alike()

    def _alike(self) -> tuple[list[tuple[UUID, UUID]], Article]:
        """Pairs of a reprint and its original, one open and one confirmed; and an article with two texts."""
        head = "Nordpost\nURL: https://nordpost.example/ferry"
        first = stored(self.by, self.here.project, AGENCY, head).article
        cut, added, again = (
            stored(self.by, self.here.project, REPRINTS[name], outlet).article
            for name, outlet in (
                ("half of it cut", "Kai Radio"),
                ("cut, edited and added to", "The Velm Courier"),
                ("edited word by word", head),
            )
        )
        confirm_reprint(by=self.by, article=cut, original=first)
        return [(cut.uuid, first.uuid), (added.uuid, first.uuid)], again

    def _in(self, slug: str, name: str, *more: object) -> str:
        return reverse(name, args=[slug, *more])

    def _everywhere(self, name: str, query: str = "") -> list[str]:
        """The page in the small world, the demo and the empty project; last with a search without result."""
        found = [reverse(name, args=[slug]) for slug in ("here", self.demo.slug, self.empty.slug)]
        return [*found, found[0] + query] if query else found

    def addresses(self) -> dict[str, list[str]]:
        """Name of an address → where it leads, in the states that a plain request can bring about."""
        here, demo = self.here, self.demo
        article, claim = Article.objects.filter(project=demo), Claim.objects.filter(project=demo)
        told = claim.filter(reviews__isnull=False).first() or claim.first()
        one, other = Actor.objects.filter(project=demo, naming="named", merged_into=None)[:2]
        nothing = "?q=xyzzy"
        return {
            "home": ["/"],
            **account_pages.ADDRESSES,
            "project_new": ["/p/new/"],
            "verify": ["/verify/"],
            "project": self._everywhere("project"),
            "overview": [
                *self._everywhere("overview", "?period=1999"),
                *(self._in(demo.slug, "overview") + f"?show={view}" for view in ("claims", "citing")),
            ],
            "articles": self._everywhere("articles", nothing),
            "article_import": self._everywhere("article_import")[:1],
            **self._of_uploads(),
            "article": [
                *(self._in("here", "article", one.uuid) for one in (here.article, here.second_article)),
                self._in("here", "article", self.arabic.article.uuid),
                *(self._in(demo.slug, "article", one.uuid) for one in article),
            ],
            **self._of_records(),
            "claims": [
                *self._everywhere("claims", nothing),
                self._in(demo.slug, "claims") + "?show=lines&where=article&q=the",
            ],
            "speakers": self._everywhere("speakers", nothing),
            **self._of_actors(one, other),
            **self._of_events(),
            "review": self._everywhere("review"),
            "releases": self._everywhere("releases"),
            "release": [self._in("here", "release", 1)],
            **self._of_teams(),
            "project_settings": self._everywhere("project_settings")[:2],
            "codebook": [
                *self._everywhere("codebook", "?facet=topic"),
                self._in("nothing-yet", "codebook") + "?facet=concept",
            ],
            "codebook_import": [self._in("here", "codebook_import")],
            "code": [
                self._in("here", "code", one.uuid) for one in (here.topic, here.gone_topic, here.concept)
            ],
            "code_merge": [
                self._in("here", "code_merge", here.topic.uuid) + query
                for query in ("", f"?into={here.spare_topic.uuid}")
            ],
            "watch_terms": [*self._everywhere("watch_terms"), self._in("here", "watch_terms") + "?count=1"],
            "saved_searches": [
                *self._everywhere("saved_searches"),
                self._in("here", "saved_searches") + "?search=q%3Dcrack%26status%3Daccepted",
            ],
            "saved_search": [self._in("here", "saved_search", here.saved_search.uuid)],
            "watch_term": [self._in("here", "watch_term", here.watch_term.uuid)],
            **self._of_claims(told),
        }

    def _of_teams(self) -> dict[str, list[str]]:
        link = invite(by=self.by, project=self.here.project, role="viewer", uses_most=9).token
        return {
            "history": [self._in("here", "history"), self._in("here", "history") + "?kind=member"],
            "members": [self._in("here", "members"), self._in("nothing-yet", "members")],
            "invitation": [reverse("invitation", args=[link]), "/invitations/never-was/"],
            "invitation_kept": ["/invitations/"],
        }

    def _of_uploads(self) -> dict[str, list[str]]:
        """One that waits for a worker; one that is in, with something in each list of its report."""
        asked = parcels.Asked("notes.jsonld", "w3c", (), {}, False, self.by.pk)
        waiting = parcels.keep(self.here.project, asked, b"[]")
        done = parcels.keep(self.here.project, asked, b"[]")
        at, report = At("notes.jsonld", 3), Report()
        report.refuse(at, "claim “أُغلق جسر”", "found_once", "stands there twice")
        report.left(at, "a whole page", "marks no words of it")
        for some in (report.changed, report.moved):
            some.append(Told(at, "claim “two lorries”", "left", "the words stand there once"))
        (done.folder / "report.json").write_text(json.dumps(report.to_json()))
        rows = [b'Headline,Words,When\n"A, B",It gave way.,03/04/2025\nNo text,,2025\n']
        uploads = [intakes.Upload("asked.csv", rows)]
        asking = intakes.begin(by=self.by, project=self.here.project, uploads=uploads)
        mapping = ColumnMapping.objects.get(project=self.here.project)
        return {
            "segmentations": [self._in("here", "segmentations")],
            "intake": [self._in("here", "intake", one.uuid) for one in (self.here.intake, asking)],
            "intake_columns": [self._in("here", "intake_columns", asking.uuid)],
            "column_mapping": [self._in("here", "column_mapping", mapping.uuid)],
            "annotation_import": [self._in("here", "annotation_import")],
            "annotation_report": [self._in("here", "annotation_report", one.uuid) for one in (waiting, done)],
        }

    def _of_records(self) -> dict[str, list[str]]:
        one, other = Publication.objects.filter(project=self.demo)[:2]
        articles = (self.here.article, self.here.second_article, self.taken_again)
        return {
            "article_carry": [self._in("here", "article_carry", article.uuid) for article in articles],
            "article_edit": [self._in("here", "article_edit", self.here.article.uuid)],
            **self._of_reprints(),
            "outlets": self._everywhere("outlets", "?q=xyzzy"),
            "outlet": [self._in(self.demo.slug, "outlet", one.uuid)],
            "outlet_edit": [self._in(self.demo.slug, "outlet_edit", one.uuid)],
            "outlet_merge": [
                self._in(self.demo.slug, "outlet_merge", one.uuid) + query
                for query in ("", f"?with={other.uuid}")
            ],
        }

    def _of_reprints(self) -> dict[str, list[str]]:
        texts = (self.taken_again, self.here.article)
        return {
            "likely_reprints": [
                *self._everywhere("likely_reprints", "?state=refused"),
                self._in("here", "likely_reprints") + "?state=confirmed",
            ],
            "article_compare": [self._in("here", "article_compare", *pair) for pair in self.pairs],
            "texts_compare": [self._in("here", "texts_compare", one.uuid) for one in texts],
        }

    def _of_actors(self, one: Actor, other: Actor) -> dict[str, list[str]]:
        here, demo = self.here, self.demo
        return {
            "speaker": [
                *(self._in("here", "speaker", one.uuid) for one in (here.actor, here.anonymous)),
                *(self._in(demo.slug, "speaker", one.uuid) + f"?show={s}" for s in ("context", "against")),
            ],
            "speakers_alike": self._everywhere("speakers_alike"),
            "speaker_edit": [self._in("here", "speaker_edit", here.actor.uuid)],
            "speaker_merge": [
                self._in("here", "speaker_merge", here.actor.uuid),
                self._in(demo.slug, "speaker_merge", one.uuid) + f"?with={other.uuid}",
            ],
            "speaker_resolve": [self._in("here", "speaker_resolve", here.anonymous.uuid)],
        }

    def _of_claims(self, told: Claim) -> dict[str, list[str]]:
        here = self.here
        return {
            "discussions": self._everywhere("discussions", "?show=resolved"),
            "discussions_about": [self._in("here", "discussions_about", "article", self.arabic.article.uuid)],
            "comment": [self._in("here", "comment", here.comment.uuid)],
            "batches": self._everywhere("batches"),
            "batch": [self._in("here", "batch", self.batch.uuid)],
            "claim_relations": self._everywhere("claim_relations", "?kind=contradicts"),
            "claims_beside": [f"/c/{here.second_claim.uuid}/beside/{here.claim.uuid}/"],
            "claim": [
                f"/c/{one.uuid}/" for one in (here.claim, here.lone, self.arabic_claim, self.withdrawn, told)
            ],
        }

    def _of_events(self) -> dict[str, list[str]]:
        here, demo = self.here, self.demo
        happened = Event.objects.filter(project=demo, mentions__isnull=False).distinct()[:3]
        return {
            "events": [*self._everywhere("events", "?q=xyzzy"), f"/p/{demo.slug}/events/?view=timeline"],
            "event": [
                self._in("here", "event", here.event.uuid),
                *(self._in(demo.slug, "event", event.uuid) for event in happened),
            ],
            "event_edit": [self._in("here", "event_edit", here.event.uuid)],
            "event_same": [self._in(demo.slug, "event_same", happened[0].uuid) + f"?with={happened[1].uuid}"],
        }
