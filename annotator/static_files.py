"""Static files under names that carry their digest, also inside ES modules' import statements."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedFiles(CompressedManifestStaticFilesStorage):
    """Without the flag, `import "./x.js"` would keep its plain name and be cached past an upgrade."""

    support_js_module_import_aggregation = True
