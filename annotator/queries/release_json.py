"""Releases as the API tells them."""

from annotator.models import Release, ReleaseState

from .annotation_json import Json
from .keyset import Order, whole

NEWEST_FIRST = Order(("pk",), (whole,))


def release_json(release: Release) -> Json:
    """Comes with who asked for it. `claims` says which go in, in the words of `intents.release`."""
    ready = release.state == ReleaseState.READY
    filtered = release.filter
    return {
        "number": release.number,
        "title": release.title,
        "notes": release.notes,
        "licence": release.licence,
        "state": release.state,
        "problems": list(release.problems),
        "statuses": filtered.get("statuses", []),
        "published_from": filtered.get("published", {}).get("from", ""),
        "published_to": filtered.get("published", {}).get("to", ""),
        "speakers": [{"uuid": one["id"], "name": one["name"]} for one in filtered.get("speakers", [])],
        "topics": [{"key": one["id"], "name": one["name"]} for one in filtered.get("topics", [])],
        "with_texts": bool(filtered.get("with_texts", False)),
        "site": filtered.get("site", ""),
        "rows": dict(release.counts),
        "file": {"name": release.file_name, "size": release.size, "sha256": release.sha256}
        if ready
        else None,
        "asked_by": str(release.created_by or ""),
        "asked_at": release.created_at.isoformat(),
        "ready_at": release.ready_at and release.ready_at.isoformat(),
    }
