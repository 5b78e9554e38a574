"""Making many annotations in one request, all of them or none."""

from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.request import Request
from rest_framework.response import Response

from annotator.actions.annotating_many import save_many
from annotator.api.access import ProjectView
from annotator.api.problems import refused_items, understood
from annotator.api.shapes import annotation as shapes
from annotator.intents.annotation import parse_annotations
from annotator.intents.refusal import RefusedItems
from sources.models import Role

LIST = "annotations"


@extend_schema_view(
    post=extend_schema(
        summary="Make many annotations at once, or none",
        request=shapes.BulkSent,
        responses={200: shapes.BulkAnswer, 201: shapes.BulkAnswer},
        examples=[shapes.IN_BULK],
    ),
)
class AnnotationsInBulkView(ProjectView):
    """POST {"annotations": [ANNOTATION with "uuid"]}, at most a thousand: {"created", "results": [{"uuid",
    "version", "created"}]} in that order. 201 where any is new, 200 where all were there as they are sent.

    Refused items are told together: each with the number of the `item`, its field and the rule; then nothing
    is stored.
    """

    def post(self, request: Request, slug: str) -> Response:
        project, _ = self.enter(request, slug, Role.ANNOTATOR)
        try:
            with understood():
                intents = parse_annotations(request.data)
        except RefusedItems as error:
            raise refused_items(error, 400, LIST) from error
        try:
            saved = save_many(by=request.user, project=project, intents=intents)
        except RefusedItems as error:
            raise refused_items(error, 422, LIST) from error
        created = sum(one.created for one in saved)
        told = [
            {"uuid": str(one.annotation.uuid), "version": one.annotation.version, "created": one.created}
            for one in saved
        ]
        return Response({"created": created, "results": told}, status=201 if created else 200)
