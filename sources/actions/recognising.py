"""What a document that was read is of what is here already. Nothing is written."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sources.intake.article import ReadArticle
from sources.intake.refusal import refused
from sources.models import Article, Block, Project, Publication, Snapshot
from sources.text.digest import sha256_hex
from sources.text.likeness import folded
from sources.text.wording import LEAST_ALIKE, share_of_the_shorter

from .addresses import same_address, standing_at
from .fingerprints import alike_to
from .publications import by_its_address, outlet_standing

_NOT_HERE = 0
_LONGEST_TITLE = 80  # code points of it where it is named


@dataclass(frozen=True, slots=True)
class Standing:
    """`outcome` is "known" or "changed" as an import says it, "reprint" for the same text from elsewhere,
    "likely" where only the wording is alike, or "new" for another story than the one at its address.
    `text` is the one that is here; `number` the one it would be; `note` what else is to be said of it."""

    outcome: str
    article: Article
    text: Snapshot | None = None
    number: int = 1
    similarity: float = 1.0
    note: str = ""

    @property
    def key(self) -> str:
        """What somebody has seen who was told of it."""
        return f"{self.outcome}:{self.article.uuid}:{self.number}"


def recognised(
    project: Project, digest: str, outlet: Publication | None, read: ReadArticle, again: bool = False
) -> Standing | None:
    """As what an import recognises it: "known", "changed" or, unless somebody asked for the article at that
    address `again`, "new". None for a new article where none was."""
    url = read.url
    here = twins(project, digest)
    for twin in here:
        if _same_place(twin.article, outlet, url):
            return Standing("known", twin.article, twin, twin.number)
    earlier = standing_at(project.pk, url or "", read.working_title)
    other = earlier is not None and not again and _another_story(earlier, read)
    if earlier is not None and not other:
        return Standing("changed", earlier, None, Snapshot.objects.filter(article=earlier).count() + 1)
    for twin in here:
        if _not_elsewhere(twin.article, outlet, url):
            return Standing("known", twin.article, twin, twin.number)
    return Standing("new", earlier) if earlier is not None else None


def further_text(project: Project, uuid: UUID, digest: str, read: ReadArticle) -> Standing:
    """As what a text that was asked for as a further one of that very article is taken: "changed", or "known"
    where the article has it. Raises Refused for another story than the article's."""
    address = read.url or ""
    article = Article.objects.filter(project=project, uuid=uuid).first()
    if article is None:
        raise refused(address, "the article that was to be taken again is not here any more")
    texts = list(Snapshot.objects.filter(article=article).defer("text").order_by("number"))
    same = next((text for text in texts if text.sha256 == digest), None)
    if same is not None:
        newest = same.number == texts[-1].number
        again = f"its address has text {same.number} again, not text {texts[-1].number}"
        return Standing("known", article, same, same.number, note="" if newest else again)
    elsewhere = next((twin.article for twin in twins(project, digest)), None)
    if _another_story(article, read):
        title = (elsewhere.title if elsewhere else read.working_title)[:_LONGEST_TITLE]
        here = ", which is an article of its own here" if elsewhere else "; hand that in by its address"
        raise refused(address, f"at its address there is another story now, “{title}”{here}")
    note = f"“{elsewhere.title[:_LONGEST_TITLE]}” has the same text" if elsewhere else ""
    return Standing("changed", article, None, len(texts) + 1, note=note)


def _another_story(earlier: Article, read: ReadArticle) -> bool:
    """Of another title or date, and with next to nothing of what the article said last."""
    dates = {earlier.published, read.published_edtf or ""} - {""}
    if folded(earlier.title) == folded(read.working_title) and len(dates) < 2:
        return False
    last = Snapshot.objects.filter(article=earlier).order_by("number").last()
    if last is None:
        return False
    kept = Block.objects.filter(snapshot=last, masked=False).order_by("position")
    said = [last.text[start:end] for start, end in kept.values_list("start", "end")]
    return share_of_the_shorter(said, _parts(read)) < LEAST_ALIKE


def _parts(read: ReadArticle) -> list[str]:
    return [read.text[block.start : block.end] for block in read.blocks if not block.masked]


def twins(project: Project, digest: str) -> list[Snapshot]:
    """The project's texts that are the same letter by letter, the first stored first."""
    found = Snapshot.objects.filter(project=project, sha256=digest)
    return list(found.select_related("article__publication", "article__reprint_of").order_by("pk"))


def foresee(project: Project, read: ReadArticle) -> Standing | None:
    """What would become of it, were it stored now; None for an article that is like no other."""
    read, digest = by_its_address(project, read), sha256_hex(read.text)
    outlet = outlet_standing(project, read.outlet or "")
    if read.outlet and outlet is None:
        outlet = Publication(pk=_NOT_HERE, project=project, name=read.outlet)
    found = recognised(project, digest, outlet, read)
    if found is not None and found.outcome != "new":
        return found
    if same := twins(project, digest):
        return Standing("reprint", same[0].article, same[0])
    near = alike_to(project, _parts(read))
    if not near:
        return None
    text = Snapshot.objects.select_related("article__publication").get(pk=near[0].snapshot)
    return Standing("likely", text.article, text, similarity=near[0].similarity)


def _same_place(article: Article, outlet: Publication | None, url: str | None) -> bool:
    if url and article.url:
        return same_address(article.url, url) or (outlet is not None and article.publication_id == outlet.pk)
    return article.publication_id == (outlet.pk if outlet else None)


def _not_elsewhere(article: Article, outlet: Publication | None, url: str | None) -> bool:
    """An outlet that is not named is no other outlet, unless two addresses differ."""
    return (outlet is None or article.publication_id is None) and not (url and article.url)
