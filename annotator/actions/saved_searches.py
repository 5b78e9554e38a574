"""Searches that people keep."""

from annotator.intents.refusal import Refused, Stale
from annotator.intents.saved_search import ChangeSearch, SaveSearch
from annotator.models import SavedSearch
from annotator.models.saved_search import MOST_SEARCHES
from sources.models import Project, User, acting


def save(*, by: User, project: Project, intent: SaveSearch) -> SavedSearch:
    """Raises Refused where the person has a search of that name already, or too many."""
    with acting(by):
        # Who saves twice at once takes turns: names and numbers are looked up under the lock.
        Project.objects.select_for_update(no_key=True).get(pk=project.pk)
        mine = SavedSearch.objects.filter(project=project, owner=by)
        _not_taken(mine.filter(name=intent.name).exists())
        if mine.count() >= MOST_SEARCHES:
            raise Refused("name", "max_searches", f"at most {MOST_SEARCHES} searches are kept; remove one")
        return SavedSearch.objects.create(
            project=project, owner=by, name=intent.name, search=intent.search, shared=intent.shared
        )


def change(*, by: User, search: SavedSearch, intent: ChangeSearch) -> SavedSearch:
    """Raises Stale when somebody changed it since, Refused where its owner has another one of that name."""
    with acting(by):
        Project.objects.select_for_update(no_key=True).get(pk=search.project_id)
        search = SavedSearch.objects.select_for_update().get(pk=search.pk)
        if search.version != intent.version:
            raise Stale(search)
        twins = SavedSearch.objects.filter(project=search.project_id, owner=search.owner_id, name=intent.name)
        _not_taken(twins.exclude(pk=search.pk).exists())
        search.name, search.shared, search.version = intent.name, intent.shared, search.version + 1
        search.save()
        return search


def remove(*, by: User, search: SavedSearch) -> None:
    """Removing twice is removing once. What it was stays in the history."""
    with acting(by):
        SavedSearch.objects.filter(pk=search.pk).delete()


def _not_taken(taken: bool) -> None:
    if taken:
        raise Refused("name", "unique", "is the name of another search already")
