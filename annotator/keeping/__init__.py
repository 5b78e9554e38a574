"""What keeps an installation: its backup as one file, restoring it, upgrading its database server.

`archive` and `manifest` are plain files and words: they work before Django does.
"""
