"""Answers that are files: never shown in a browser, as they hold words that strangers wrote."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from django.http import FileResponse, Http404, StreamingHttpResponse
from rest_framework.renderers import BaseRenderer, JSONRenderer

from annotator.attachments import ALONE, to_save

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class FileRenderer(BaseRenderer):
    """Lets whoever asks for whatever kind of file in; the view answers with the file itself."""

    media_type = "*/*"
    format = "file"

    def render(
        self,
        data: Any,
        accepted_media_type: str | None = None,
        renderer_context: Mapping[str, Any] | None = None,
    ) -> bytes:
        return JSONRenderer().render(data)


RENDERERS = (JSONRenderer, FileRenderer)


def file_answer(path: Path, content_type: str) -> FileResponse:
    """Raises Http404 where it is not in the data folder."""
    try:
        opened = path.open("rb")
    except FileNotFoundError as error:
        raise Http404 from error
    answer = FileResponse(opened, as_attachment=True, filename=path.name, content_type=content_type)
    answer["Content-Security-Policy"] = ALONE
    return answer


def streamed(pieces: Iterable[bytes], name: str, content_type: str) -> StreamingHttpResponse:
    answer = StreamingHttpResponse(pieces, content_type=content_type)
    return to_save(answer, name)
