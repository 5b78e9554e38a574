"""Static files under names that carry their digest, also inside ES modules' import statements."""

from collections.abc import Iterator
from typing import Any

from whitenoise.storage import CompressedManifestStaticFilesStorage

# Extensions of htmx that no page uses; one of them imports a module that is not shipped with it.
_UNUSED = ("django_htmx/ext/",)


class HashedFiles(CompressedManifestStaticFilesStorage):
    """Without the flag, `import "./x.js"` would keep its plain name and be cached past an upgrade."""

    support_js_module_import_aggregation = True

    def post_process(self, paths: dict[str, Any], *args: Any, **options: Any) -> Iterator[Any]:
        used = {name: value for name, value in paths.items() if not name.startswith(_UNUSED)}
        yield from super().post_process(used, *args, **options)
