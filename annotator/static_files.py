"""Static files under names that carry their digest, modules and stylesheets joined with what they import."""

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

import brotli
from django.conf import settings
from whitenoise.compress import Compressor
from whitenoise.storage import CompressedManifestStaticFilesStorage

from annotator.joined_files import imports_something, join_modules, join_styles, slimmed

# What no page of ours asks for: REST framework's own pages, which are not switched on, and the next htmx and
# its extensions, one of which imports a module that is not shipped with it.
_UNUSED = ("rest_framework/", "django_htmx/ext/", "django_htmx/htmx-4", "django_htmx/htmax-4")
_OUR_MODULES, _OUR_STYLES = "js/", "css/"
_MODULE = re.compile(r"{% static ['\"](js/[\w/.-]+\.js)['\"]")


class CompressedOnce(Compressor):
    """What lies there under two names, with its digest and without, is compressed once.

    Brotli's last step takes most of a first start's time and two per cent off what is sent: it is left out.
    """

    @staticmethod
    @lru_cache(maxsize=1000)
    def compress_brotli(data: bytes) -> bytes:
        return bytes(brotli.compress(data, quality=10))

    @staticmethod
    @lru_cache(maxsize=1000)
    def compress_gzip(data: bytes) -> bytes:
        return bytes(Compressor.compress_gzip(data))


class HashedFiles(CompressedManifestStaticFilesStorage):
    """A page asks for one script and one stylesheet where its sources are forty small files.

    Each module of ours that a template names is joined in its place, so a new one needs no list. The others,
    parts of these, nobody asks for: they stay as they are. Should one that is named import another all the
    same, the flag keeps `import "./x.js"` from being cached past an upgrade under its plain name.
    """

    support_js_module_import_aggregation = True

    def create_compressor(self, **kwargs: Any) -> Compressor:
        return CompressedOnce(**kwargs)

    def post_process(self, paths: dict[str, Any], *args: Any, **options: Any) -> Iterator[Any]:
        entries = _named_by_templates()
        used = {
            name: value
            for name, value in paths.items()
            if not name.startswith(_UNUSED) and (name in entries or not name.startswith(_OUR_MODULES))
        }
        if not options.get("dry_run"):
            used |= {name: (self, name) for name in self._join(used, paths)}
        yield from super().post_process(used, *args, **options)

    def _join(self, used: dict[str, Any], paths: dict[str, Any]) -> Iterator[str]:
        """Write the joined files over their entries in the collected folder; the names of those."""

        def read(name: str) -> str:
            if name not in paths:
                raise FileNotFoundError(name)
            storage, path = paths[name]
            with storage.open(path) as file:
                return str(file.read().decode())

        for name in sorted(used):
            if name.startswith(_OUR_MODULES) and name.endswith(".js") and imports_something(read(name)):
                joined = join_modules(name, read)
            elif name.startswith(_OUR_STYLES) and name.endswith(".css") and "@import" in read(name):
                joined = join_styles(name, read)
            else:
                continue
            Path(self.path(name)).write_text(slimmed(joined))
            yield name


def _named_by_templates() -> set[str]:
    """The modules that pages begin with."""
    pages = (settings.BASE_DIR / "templates").rglob("*.html")
    return {name for page in pages for name in _MODULE.findall(page.read_text())}
