"""Which layout a dataset has, and what of another one is left to the verify.py inside it."""

import re

# Raised whenever the bytes of a file that is made from the tables change, or a table or column does. What
# states no format was made before formats were stated: that is the first.
FORMAT = 4
STATES_FORMAT = "sourceline:format"
KNOWS_FORMAT = re.compile(rb"^FORMAT = ([1-9][0-9]{0,5})$", re.MULTILINE)


def other_format(files, package, report):
    """Whether it has another layout than this program's, which the report then notes.

    Its number is held to the verify.py beside it, so that nobody gets round the checks of the files that
    repeat the tables by changing that number alone.
    """
    made = package.get(STATES_FORMAT, 1)
    if type(made) is not int or not 1 <= made < 1000000:
        report.say("datapackage.json states a format that is none")
        return False
    inside = files.read("data/verify.py") if "data/verify.py" in files.paths else b""
    known = [int(number) for number in KNOWS_FORMAT.findall(inside)] or [1]
    if known != [made]:
        stated = " and ".join(map(str, known))
        report.say(f"datapackage.json states the format {made}, the verify.py beside it that of {stated}")
    if made == FORMAT:
        return False
    report.note(
        f"made by format {made}, this program knows format {FORMAT}: its tables, quotes, offsets, digests "
        "and manifests were checked; the files that repeat the tables (references, Web Annotations, Parquet, "
        "report.html, brat) were not. The verify.py inside it checks them"
    )
    return True
