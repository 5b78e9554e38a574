"""Which outlet a name or an address means in a project."""

from collections.abc import Iterable
from dataclasses import replace

from django.contrib.postgres.fields import ArrayField
from django.db.models import Func, QuerySet, TextField, Value
from django.db.models.functions import Lower

from sources.intake.article import BY_HAND, ReadArticle
from sources.models import Project, Publication, User, acting
from sources.text.sites import own_site, sites_of

from .locks import lock_outlets

PAGES = ("text/html", "multipart/related")
"""What is read as a page of the web. What it says of its outlet is its own word, to be weighed against where
it stands; a header, a table's column and a person say what somebody meant."""


def publication_named(
    *, by: User | None, project: Project, name: str | None, site: str = ""
) -> Publication | None:
    """The outlet of that name or alias (in any case), made if there is none, with `site` as its domain if no
    other has that. None for an empty name.

    Whoever writes what names it has called `hold_outlets` before, in the same transaction: else it may be one
    with another by then."""
    if not name:
        return None
    known = _known(project, name)
    if known is not None:
        return known
    with acting(by):
        # Two acts that make the same two outlets in opposite order would wait for each other in the index;
        # under one lock the second finds both.
        lock_outlets(project.pk)
        known = _known(project, name)
        if known is not None:
            return known
        domains = [site] if site and not _standing(project).filter(domains__contains=[site]) else []
        return Publication.objects.create(project=project, name=name, domains=domains)


def outlet_read(*, by: User | None, project: Project, read: ReadArticle) -> Publication | None:
    """The outlet of what `by_its_address` gave. One that only a page names is new with the page's domain."""
    from_page = read.media_type in PAGES and read.read_off.get("outlet") != BY_HAND
    site = own_site(read.url) if from_page and read.url else ""
    return publication_named(by=by, project=project, name=read.outlet, site=site)


def by_its_address(project: Project, read: ReadArticle) -> ReadArticle:
    """With the outlet that is known at its address, where nobody said another: pages call their outlet this
    and that, and many texts say nothing. What the page says stays in `told`, to be proposed as an alias."""
    said = read.read_off.get("outlet")
    if not read.url or said == BY_HAND or (read.outlet and read.media_type not in PAGES):
        return read
    sites = sites_of(read.url)
    known = _at(project, sites) if sites else None
    if known is None:
        return read
    site = next(site for site in sites if site in known.domains)
    where = f"its address, which is on {site}"
    told = [one for one in read.told.get("outlet", ()) if one[0].lower() != known.name.lower()]
    return replace(
        read,
        outlet=known.name,
        read_off=read.read_off | {"outlet": where},
        told=read.told | {"outlet": [[known.name, where], *told]},
    )


def _at(project: Project, sites: tuple[str, ...]) -> Publication | None:
    """The outlet of the narrowest of the sites that is known."""
    found = _standing(project).filter(domains__overlap=list(sites))
    return min(
        found, key=lambda one: min(sites.index(site) for site in one.domains if site in sites), default=None
    )


def standing_by_name(project: Project, names: Iterable[str]) -> dict[str, Publication]:
    """Those of the names, letter by letter, that stand for themselves: as `publication_named` finds them."""
    return {outlet.name: outlet for outlet in _standing(project).filter(name__in=set(names))}


def outlet_standing(project: Project, name: str) -> Publication | None:
    """The outlet of that name or alias, in any case; none is made."""
    return _known(project, name) if name else None


def _known(project: Project, name: str) -> Publication | None:
    # Both sides are folded by the database: its idea of lower case is the one that its guards have.
    here = _standing(project)
    named = here.alias(folded=Lower("name")).filter(folded=Lower(Value(name))).first()
    return named or called(here, name).first()


def called(outlets: QuerySet[Publication], name: str) -> QuerySet[Publication]:
    """Those with that name or alias, in any case."""
    names = Func("name", "aliases", function="sourceline_outlet_names", output_field=ArrayField(TextField()))
    found = outlets.annotate(names=names).filter(names__contains=[Lower(Value(name))])  # type: ignore[misc]
    return outlets.filter(pk__in=found.values("pk"))


def _standing(project: Project) -> QuerySet[Publication]:
    """Those that stand for themselves, the first made first."""
    return Publication.objects.filter(project=project, merged_into=None).order_by("pk")
