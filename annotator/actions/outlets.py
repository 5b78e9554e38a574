"""Correcting an outlet's record; saying that two outlets are one, and taking that back."""

from collections.abc import Iterable

from django.db.models import BigIntegerField, Case, F, Q, QuerySet, Value, When

from annotator.intents.outlet import (
    MOST_ALIASES,
    MOST_DOMAINS,
    MergeOutlets,
    OutletIdentifiers,
    OutletRecord,
)
from annotator.intents.refusal import Refused, Stale
from annotator.models import Actor
from annotator.queries.outlets import named_by
from sources.actions.locks import lock_merging, lock_outlets
from sources.actions.publications import called
from sources.models import Article, Change, Project, Publication, User, acting

FIELDS = ("name", "issn", "issn_l", "wikidata", "country", "language", "is_agency")
FILLED = ("issn", "issn_l", "wikidata", "country", "language", "is_agency")
"""What an outlet takes over from one that is merged into it, where it says nothing itself."""


def correct(*, by: User, outlet: Publication, record: OutletRecord) -> Publication:
    """Correcting it twice alike is correcting it once. Raises Refused where another outlet has a name or a
    domain, Stale when somebody else was faster."""
    with acting(by):
        lock_outlets(outlet.project_id)
        now = _one(outlet)
        wanted = {field: getattr(record, field) for field in FIELDS}
        wanted |= {"aliases": list(record.aliases), "domains": list(record.domains)}
        if now.merged_into is None and all(getattr(now, name) == value for name, value in wanted.items()):
            return now
        if now.version != record.version:
            raise Stale(now)
        if now.merged_into is not None:
            raise Refused("", "merged", f"is one with “{now.merged_into}” now: correct that one")
        for field, value in wanted.items():
            setattr(now, field, value)
        _refuse_taken(now)
        return _saved(now)


def complete(*, by: User, outlet: Publication, known: OutletIdentifiers) -> Publication:
    """What nobody said of it yet, as a release of ours tells it: nothing that was said is changed, and no
    site or name is taken from another outlet."""
    with acting(by):
        lock_outlets(outlet.project_id)
        now = _one(outlet)
        before = (now.issn, now.issn_l, now.wikidata, tuple(now.domains), tuple(now.aliases))
        for field in ("issn", "issn_l", "wikidata"):
            setattr(now, field, getattr(now, field) or getattr(known, field))
        others = Publication.objects.filter(project=outlet.project_id, merged_into=None).exclude(pk=now.pk)
        if not now.domains:
            free = (site for site in known.domains if not others.filter(domains__contains=[site]).exists())
            now.domains = list(dict.fromkeys(free))
        if not now.aliases:
            named = {one.casefold(): one for one in known.aliases if one.casefold() != now.name.casefold()}
            now.aliases = [one for one in named.values() if not called(others, one).exists()]
        told = (now.issn, now.issn_l, now.wikidata, tuple(now.domains), tuple(now.aliases))
        return now if told == before else _saved(now)


def add_alias(*, by: User, outlet: Publication, alias: str) -> Publication:
    """One more name, as a page gave it; one that it has already changes nothing. Raises Refused."""
    return _add(by, outlet, "aliases", alias, MOST_ALIASES)


def add_domain(*, by: User, outlet: Publication, domain: str) -> Publication:
    """One more site; one that it has already changes nothing. Raises Refused."""
    return _add(by, outlet, "domains", domain, MOST_DOMAINS)


def _add(by: User, outlet: Publication, field: str, value: str, most: int) -> Publication:
    with acting(by):
        lock_outlets(outlet.project_id)
        now = _one(outlet)
        known = getattr(now, field)
        if value.casefold() in {one.casefold() for one in (*known, now.name if field == "aliases" else "")}:
            return now
        if len(known) >= most:
            raise Refused(field, "max_items", f"has {most} entries, and no room for more")
        known.append(value)
        _refuse_taken(now)
        return _saved(now)


def merge(*, by: User, project: Project, intent: MergeOutlets) -> Publication:
    """What points to the one points to the other from now on, which is called by both names and found at
    both's sites. What the one had stays with it, and the history tells what was moved.

    Raises Publication.DoesNotExist, Stale, Refused.
    """
    with acting(by):
        lock_merging(project.pk)
        lock_outlets(project.pk)
        gone, kept = _both(project, intent)
        for outlet in (gone, kept):
            if outlet.merged_into is not None:
                raise Refused("", "merged", f"“{outlet}” is one with “{outlet.merged_into}” already")
        _take_over(gone, kept)
        gone.merged_into, gone.merged_because = kept, intent.reason
        _saved(gone)  # first, so that its names are free; what it moves stands between it and `kept`
        _move_articles(gone, kept)
        _move(Actor.objects.filter(project=project, publication=gone), "publication", kept)
        return _saved(kept)


def delete(*, by: User, outlet: Publication, version: int) -> None:
    """Delete an outlet that no article, actor or other outlet names; its history stays. Raises Refused with
    what names it, Stale."""
    with acting(by):
        lock_merging(outlet.project_id)
        lock_outlets(outlet.project_id)
        now = _one(outlet)
        if now.version != version:
            raise Stale(now)
        if now.merged_into is not None:
            raise Refused("", "merged", f"is one with “{now.merged_into}”: first take the two apart")
        if named := named_by(now):
            raise Refused("", "named", f"is named by {' and '.join(named)}")
        now.delete()


def undo_merge(*, by: User, outlet: Publication) -> Publication:
    """The outlet stands for itself again, with what was moved and still is where the merge left it.

    Taking it back twice is taking it back once. Raises Refused while a later merge stands on it, or another
    outlet has its name or domain by now.
    """
    with acting(by):
        lock_merging(outlet.project_id)
        lock_outlets(outlet.project_id)
        gone = _one(outlet)
        if gone.merged_into is None:
            return gone
        kept = _one(gone.merged_into)
        if kept.merged_into is not None:
            raise Refused("", "undo_later_first", f"first take back that “{kept}” is “{kept.merged_into}”")
        moved = _changes_of_merge(gone, kept)
        _give_back(kept, moved)
        _saved(kept)
        gone.merged_into, gone.merged_because = None, ""
        _refuse_taken(gone)
        _saved(gone)
        for table, model, field in MOVED:
            keys = [
                change.row_id
                for change in moved
                if change.row_id is not None
                and change.table == table
                and (change.before or {}).get(f"{field}_id") == gone.pk
                and (change.after or {}).get(f"{field}_id") == kept.pk
            ]
            _move(model.objects.filter(pk__in=keys, **{field: kept}), field, gone)
        _give_origins_back((gone, kept), moved)
        return gone


def _move_articles(gone: Publication, kept: Publication) -> None:
    """Both columns at once, since neither may name `gone` any more. What the one had from the other is from
    nobody else now."""
    from_each_other = Q(publication=gone, original_publication=kept) | Q(
        publication=kept, original_publication=gone
    )
    Article.objects.filter(Q(publication=gone) | Q(original_publication=gone)).update(
        publication=_kept_for("publication", gone, kept),
        original_publication=Case(
            When(from_each_other, then=Value(None, BigIntegerField())),
            default=_kept_for("original_publication", gone, kept),
            output_field=BigIntegerField(),
        ),
        version=F("version") + 1,
    )


def _kept_for(field: str, gone: Publication, kept: Publication) -> Case:
    return Case(
        When(**{field: gone}, then=Value(kept.pk, BigIntegerField())),
        default=F(field),
        output_field=BigIntegerField(),
    )


def _give_origins_back(both: tuple[Publication, Publication], moved: Iterable[Change]) -> None:
    """What the one had from the other, where nobody named another origin since."""
    for outlet in both:
        keys = [
            change.row_id
            for change in moved
            if change.row_id is not None
            and change.table == "sources_article"
            and (change.before or {}).get("original_publication_id") == outlet.pk
            and (change.after or {}).get("original_publication_id") is None
        ]
        free = Article.objects.filter(pk__in=keys, publication__in=both, original_publication=None)
        _move(free.exclude(publication=outlet), "original_publication", outlet)


MOVED: tuple[tuple[str, type[Article] | type[Actor], str], ...] = (
    ("sources_article", Article, "publication"),
    ("sources_article", Article, "original_publication"),
    ("annotator_actor", Actor, "publication"),
)


def _one(outlet: Publication) -> Publication:
    rows = Publication.objects.select_for_update(of=("self",)).select_related("merged_into", "project")
    return rows.get(pk=outlet.pk)


def _both(project: Project, intent: MergeOutlets) -> tuple[Publication, Publication]:
    """Locked in one order. Raises Stale for one that was changed since it was looked at."""
    rows = Publication.objects.select_for_update(of=("self",)).select_related("merged_into")
    found = {
        one.uuid: one
        for one in rows.filter(project=project, uuid__in=(intent.gone, intent.kept)).order_by("pk")
    }
    if len(found) < 2:
        raise Publication.DoesNotExist
    gone, kept = found[intent.gone], found[intent.kept]
    if (gone.version, kept.version) != intent.versions:
        raise Stale(gone if gone.version != intent.versions[0] else kept)
    return gone, kept


def _take_over(gone: Publication, kept: Publication) -> None:
    called = {name.casefold() for name in (kept.name, *kept.aliases)}
    kept.aliases += [name for name in (gone.name, *gone.aliases) if name.casefold() not in called]
    kept.domains += [domain for domain in gone.domains if domain not in kept.domains]
    if len(kept.aliases) > MOST_ALIASES or len(kept.domains) > MOST_DOMAINS:
        raise Refused("", "max_items", "together they have more names or sites than one outlet may")
    for field in FILLED:
        setattr(kept, field, getattr(kept, field) or getattr(gone, field))


def _changes_of_merge(gone: Publication, kept: Publication) -> list[Change]:
    """All that the act changed, of which the merge in force was part: the last that set the pointer."""
    of_outlets = Change.objects.filter(table=Publication._meta.db_table).order_by("-pk")
    first = of_outlets.filter(row_id=gone.pk, after__merged_into_id=kept.pk, before__merged_into_id=None)[0]
    last = of_outlets.filter(row_id=kept.pk, request=first.request, pk__gt=first.pk)[0]
    within = Change.objects.filter(project_id=gone.project_id, request=first.request)
    return list(within.filter(pk__gte=first.pk, pk__lte=last.pk).order_by("pk"))


def _give_back(kept: Publication, moved: Iterable[Change]) -> None:
    """Off the one that stays comes what the merge gave it, where nobody said otherwise since."""
    for change in moved:
        if change.table != Publication._meta.db_table or change.row_id != kept.pk:
            continue
        was, became = change.before or {}, change.after or {}
        for field in ("aliases", "domains"):
            given = set(became[field]) - set(was[field])
            setattr(kept, field, [one for one in getattr(kept, field) if one not in given])
        for field in FILLED:
            if not was[field] and getattr(kept, field) == became[field]:
                setattr(kept, field, was[field])


def _move(rows: QuerySet[Article] | QuerySet[Actor], field: str, to: Publication) -> None:
    rows.update(**{field: to, "version": F("version") + 1})


def _saved(outlet: Publication) -> Publication:
    outlet.version += 1
    outlet.save()
    return outlet


def _refuse_taken(outlet: Publication) -> None:
    """In words, before the database's own guard refuses it; whoever asks holds the lock on outlets."""
    others = Publication.objects.filter(project=outlet.project_id, merged_into=None).exclude(pk=outlet.pk)
    for field, at, name in (
        ("name", "", outlet.name),
        *(("aliases", f".{n}", name) for n, name in enumerate(outlet.aliases)),
    ):
        other = called(others, name).first()
        if other:
            raise Refused(field + at, "called_once", f"is what “{other}” is called")
    for n, domain in enumerate(outlet.domains):
        other = others.filter(domains__contains=[domain]).first()
        if other:
            raise Refused(f"domains.{n}", "domain_once", f"is a site of “{other}”")
