"""PolNeAR's layout of brat's standoff format, and `brat/` of our own releases, which adds to it.

`Content` is a claim, `Source` names who says it, `Cue` marks it, and an `Attribution` event joins them.
"""

from .bundle import Bundle
from .files import Files
from .standoff_claims import Layout, read_claims
from .wishes import Meaning, Wishes

ATTRIBUTION = "Attribution"
MEANINGS = {
    "Content": Meaning("claim"),
    "Source": Meaning("actor"),
    "Mention": Meaning("actor"),
    "Cue": Meaning("cue"),
    ATTRIBUTION: Meaning("cue"),
}


def read(files: Files, wishes: Wishes) -> Bundle:
    """Raises NotRead where no file ends in `.ann`."""
    return read_claims(files, wishes, Layout("polnear", MEANINGS, ATTRIBUTION, ours=True))
