"""Taking in what a reader read off a document: stored once, recognised ever after."""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from uuid import UUID

from django.db.models import F, Q

from sources.intake.article import ReadArticle
from sources.models import Article, ArticleAddress, Project, Publication, Snapshot, User, acting
from sources.text.addresses import address_key
from sources.text.digest import sha256_hex

from .addresses import hold_addresses, place_articles
from .locks import hold_outlets, lock_outlets, lock_reprints, lock_texts
from .publications import by_its_address, outlet_read, publication_named, standing_by_name
from .recognising import Standing, further_text, recognised, twins
from .reprints import recognise
from .storing import NewRecord, NewText, RawFile, store_records, store_texts

_LONGEST_TITLE = 80  # code points of it in a note


@dataclass(frozen=True)
class Imported:
    """`outcome` is "new", "known" (the same text from the same outlet or address, or from an outlet that
    one of the two does not name), "reprint" (the same text from another outlet) or "changed" (another text
    at the same address: a further snapshot of the same article, to which the caller carries what is marked
    on the earlier ones). Another story at the address of one that is here, with another title or date and
    little of its wording, is "new". `note` says what of this a reader of the report could not guess, or is
    empty."""

    article: Article
    snapshot: Snapshot
    outcome: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Incoming:
    """A document that was read, and its bytes; `method` where it came in otherwise than those around it;
    `again` where somebody asked for a further text of the article at its address, whatever stands there, and
    `article` of which one."""

    read: ReadArticle
    raw: RawFile
    method: str = ""
    again: bool = False
    article: UUID | None = None


@dataclass(frozen=True, slots=True)
class _One:
    """One of those that come in together; `place` is what its address is known by, or empty."""

    read: ReadArticle
    raw: RawFile
    method: str
    digest: str
    place: str
    outlet: Publication | None
    original: Publication | None
    again: bool
    article: UUID | None


def import_article(
    *, by: User | None, project: Project, read: ReadArticle, raw: RawFile, method: str = "file"
) -> Imported:
    """Store a read document, or recognise it."""
    (imported,) = import_articles(by=by, project=project, incoming=[Incoming(read, raw)], method=method)
    return imported


def import_articles(
    *, by: User | None, project: Project, incoming: Sequence[Incoming], method: str = "file"
) -> list[Imported]:
    """Store read documents, or recognise them, in their order; all of them or, where one fails, none.

    Raises Refused for what was asked for as a further text of an article and is none.

    Two imports of one text, or from one address, at once must not both store it: the locks on the digests
    and on the addresses, held until the transaction ends, let the second see what the first stored. What is
    plainly new, as most of many are, is stored together.
    """
    with acting(by):
        digests = [sha256_hex(one.read.text) for one in incoming]
        lock_texts(project.pk, digests)
        hold_addresses(project.pk, [one.read.url or "" for one in incoming])
        hold_outlets(project.pk)
        everyone = _with_outlets(by, project, incoming, digests, method)
        return _taken_in(by, project, everyone)


def hold_for_each(project: Project, incoming: Iterable[Incoming]) -> None:
    """What storing these documents one after another takes, before the first of them is stored: so that what
    the next one needs is not waited for while others wait for what this one holds."""
    digests, urls = set(), []
    for one in incoming:
        with suppress(UnicodeEncodeError):  # which is refused before it waits for anything
            digests.add(sha256_hex(one.read.text))
            urls.append((one.read.url or "").replace("\x00", ""))
    lock_texts(project.pk, digests)
    hold_addresses(project.pk, urls)
    hold_outlets(project.pk)
    lock_outlets(project.pk)
    lock_reprints(project.pk)


def _with_outlets(
    by: User | None, project: Project, incoming: Sequence[Incoming], digests: Sequence[str], method: str
) -> list[_One]:
    """One after another, since an outlet that one brings may be that of the next; what many name is looked up
    once."""
    names = {name for one in incoming for name in (one.read.outlet, one.read.original_outlet) if name}
    known: dict[str, Publication | None] = {**standing_by_name(project, names)}
    everyone = []
    for one, digest in zip(incoming, digests, strict=True):
        read = by_its_address(project, one.read)
        if read.outlet and read.outlet not in known:
            known[read.outlet] = outlet_read(by=by, project=project, read=read)
        original = read.original_outlet
        if original and original not in known:
            known[original] = publication_named(by=by, project=project, name=original)
        place = (address_key(read.url) or read.url) if read.url else ""
        outlet = known.get(read.outlet or "")
        how = one.method or method
        first = known.get(original or "")
        everyone.append(_One(read, one.raw, how, digest, place, outlet, first, one.again, one.article))
    return everyone


def _taken_in(by: User | None, project: Project, everyone: list[_One]) -> list[Imported]:
    texts, places = _here(project, everyone)
    taken: list[Imported] = []
    fresh: list[_One] = []
    for one in everyone:
        if one.article or one.digest in texts or one.place in places:
            taken += _store(by, project, fresh)
            fresh = []
            known, note = _recognised(project, one)
            taken.append(known or replace(_store(by, project, [one])[0], note=note))
        else:
            fresh.append(one)
        texts.add(one.digest)
        places |= {one.place} - {""}
    return [*taken, *_store(by, project, fresh)]


def _here(project: Project, everyone: Sequence[_One]) -> tuple[set[str], set[str]]:
    """Which of their texts, and of their places, are in the project."""
    digests, places = {one.digest for one in everyone}, {one.place for one in everyone} - {""}
    texts = Snapshot.objects.filter(project=project, sha256__in=digests).values_list("sha256", flat=True)
    found = set(ArticleAddress.objects.filter(project=project, key__in=places).values_list("key", flat=True))
    bare = {one.place for one in everyone if one.place == one.read.url} - found
    if bare:
        found |= set(Article.objects.filter(project=project, url__in=bare).values_list("url", flat=True))
    return set(texts), found


def _recognised(project: Project, one: _One) -> tuple[Imported | None, str]:
    """What it is of what is here, or None for a new article, and what is to be said of that."""
    if one.article:
        found: Standing | None = further_text(project, one.article, one.digest, one.read)
    else:
        found = recognised(project, one.digest, one.outlet, one.read, again=one.again)
    if found is None:
        return None, ""
    title = _in_a_note(found.article.title)
    if found.outcome == "new":
        return None, f"at its address there is another story, {title}: both were kept"
    if found.text is not None:
        return Imported(found.article, found.text, found.outcome, found.note), ""
    new = NewText(found.article, found.number, one.read, one.raw, one.method, one.digest)
    (snapshot,) = store_texts([new])
    recognise([(found.article, snapshot, _parts(one.read))])
    note = f"at its address there is {title}: this was kept as a further text of it"
    if one.read.title and one.read.title != found.article.title:
        note += f"; its page now says {_in_a_note(one.read.title)}"
    note = "; ".join(filter(None, (note, found.note)))
    return Imported(found.article, snapshot, found.outcome, note), ""


def _in_a_note(title: str) -> str:
    return f"“{title if len(title) <= _LONGEST_TITLE else title[:_LONGEST_TITLE] + '…'}”"


def _store(by: User | None, project: Project, fresh: Sequence[_One]) -> list[Imported]:
    """As articles of their own, reprints of what has the same text."""
    if not fresh:
        return []
    here = twins(project, fresh[0].digest) if len(fresh) == 1 else []
    articles = store_records(by, project, [NewRecord(one.read, one.outlet, one.original) for one in fresh])
    place_articles(articles)
    texts = [
        NewText(article, 1, one.read, one.raw, one.method, one.digest)
        for article, one in zip(articles, fresh, strict=True)
    ]
    snapshots = store_texts(texts)
    if here:
        _link_reprint(articles[0], [twin.article for twin in here])
    parts = [_parts(one.read) for one in fresh]
    recognise(list(zip(articles, snapshots, parts, strict=True)))
    outcome = "reprint" if here else "new"
    return [Imported(*both, outcome) for both in zip(articles, snapshots, strict=True)]


def _parts(read: ReadArticle) -> list[str]:
    return [read.text[block.start : block.end] for block in read.blocks if not block.masked]


def _link_reprint(article: Article, printed: list[Article]) -> None:
    """Who took it from whom: by what the records say, else the first stored is the original.

    All articles of one text point to one original, so that they count as one source.
    """
    lock_reprints(article.project_id)
    now = Article.objects.select_related("reprint_of").in_bulk([t.pk for t in printed])
    printed = [now[t.pk] for t in printed]
    if any(
        t.original_publication_id and t.original_publication_id == article.publication_id for t in printed
    ):
        keys = [t.pk for t in printed]
        (
            Article.objects.filter(Q(pk__in=keys) | Q(reprint_of__in=keys))
            .exclude(pk=article.pk)
            .update(reprint_of=article, version=F("version") + 1)
        )
        return
    named = article.original_publication_id
    original = next((t for t in printed if named and t.publication_id == named), printed[0])
    root = original.reprint_of or original
    Article.objects.filter(pk=article.pk).update(reprint_of=root, version=F("version") + 1)
    article.reprint_of, article.version = root, article.version + 1
