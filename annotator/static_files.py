"""Static files under names that carry their digest, modules and stylesheets joined with what they import."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from whitenoise.storage import CompressedManifestStaticFilesStorage

from annotator.joined_files import imports_something, join_modules, join_styles, slimmed

# Extensions of htmx that no page uses; one of them imports a module that is not shipped with it.
_UNUSED = ("django_htmx/ext/",)
_OUR_MODULES, _OUR_STYLES = "js/", "css/"


class HashedFiles(CompressedManifestStaticFilesStorage):
    """A page asks for one script and one stylesheet where its sources are forty small files.

    Every module of ours that imports another is joined in its place, so a new one needs no list. Should any
    be left, the flag keeps `import "./x.js"` from being cached past an upgrade under its plain name.
    """

    support_js_module_import_aggregation = True

    def post_process(self, paths: dict[str, Any], *args: Any, **options: Any) -> Iterator[Any]:
        used = {name: value for name, value in paths.items() if not name.startswith(_UNUSED)}
        if not options.get("dry_run"):
            used |= {name: (self, name) for name in self._join(used)}
        yield from super().post_process(used, *args, **options)

    def _join(self, paths: dict[str, Any]) -> Iterator[str]:
        """Write the joined files over their entries in the collected folder; the names of those."""

        def read(name: str) -> str:
            if name not in paths:
                raise FileNotFoundError(name)
            storage, path = paths[name]
            with storage.open(path) as file:
                return str(file.read().decode())

        for name in sorted(paths):
            if name.startswith(_OUR_MODULES) and name.endswith(".js") and imports_something(read(name)):
                joined = join_modules(name, read)
            elif name.startswith(_OUR_STYLES) and name.endswith(".css") and "@import" in read(name):
                joined = join_styles(name, read)
            else:
                continue
            Path(self.path(name)).write_text(slimmed(joined))
            yield name
