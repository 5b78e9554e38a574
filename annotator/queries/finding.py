"""Words found in claims and in articles at once, as the API tells them."""

from annotator.detect.search import parse_search
from annotator.models import Annotation
from sources.models import Project, Role

from .annotation_json import Json, annotations_json
from .article_json import articles_json
from .articles import articles_like, where_found
from .claims import Wanted, claims_like
from .visibility import seen_by


def found_json(project: Project, role: Role | None, typed: str, most: int) -> Json:
    """At most `most` claims and as many articles, each article with what stands around the words in its text.

    `note` says what was not looked for. A fixed number of queries.
    """
    sought = parse_search(typed)
    if not sought:
        return {"note": sought.note, "claims": [], "articles": []}
    articles = list(articles_like(project, sought)[:most])
    around = where_found(articles, sought)
    by_uuid = {str(one.uuid): around.get(one.pk, "") for one in articles}
    told = articles_json(project, [one.pk for one in articles], role)
    claims = claims_like(project, Wanted(words=typed), role).filter(seen_by(role))
    keys = list(claims.values_list("pk", flat=True)[:most])
    told_claims = {one["uuid"]: one for one in annotations_json(keys, role)}
    uuids = dict(Annotation.objects.filter(pk__in=keys).values_list("pk", "uuid"))
    return {
        "note": sought.note,
        "claims": [told_claims[str(uuids[key])] for key in keys if str(uuids.get(key)) in told_claims],
        "articles": [{"article": one, "around": by_uuid[one["uuid"]]} for one in told],
    }
