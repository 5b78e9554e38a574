"""brat's standoff format, whatever its types are called: their meanings are the user's to say."""

from .bundle import Bundle
from .files import Files
from .standoff_claims import Layout, read_claims
from .wishes import Wishes


def read(files: Files, wishes: Wishes) -> Bundle:
    """Raises NotRead where no file ends in `.ann`."""
    return read_claims(files, wishes, Layout("brat"))
