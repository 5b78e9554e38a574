"""`README.md`: what this dataset is, which claims it took and which it left out, and how to check it."""

from .codebook_md import plain
from .description import Description


def write(release: Description) -> bytes:
    """The page, in English; what people wrote stands in it as they wrote it, never as markup."""
    version = f"release {release.number}" if release.number else "an export without a number"
    lines = [
        f"# {plain(release.title)}",
        "",
        f"This is {version} of {plain(release.project)}, of {release.moment:%Y-%m-%d}. Each row of "
        "`claims.csv` is a claim with its quote, its sentences, who said it and the article it stands in.",
        "",
    ]
    lines += [f"Licence: {plain(release.licence)}", ""] if release.licence else []
    people = ", ".join(map(plain, release.contributors))
    lines += [f"Made by {people}.", ""] if people else []
    lines += [f"{plain(release.notes)}", ""] if release.notes else []
    lines += ["## Which claims are in it", ""]
    lines += [f"- {about}: {plain(asked)}" for about, asked in release.scope.in_words()]
    if release.scope.unreviewed:
        lines += ["", "Some were not reviewed: `review_status` says of each row what it is."]
    lines += ["", "## What was left out, and why", ""]
    lines += [f"- {plain(sentence)}" for sentence in release.scope.left_out()]
    if not release.with_texts:
        lines.append(
            "- The full texts, and people and events that they name elsewhere: `annotations.csv` and "
            "`sentences.csv` hold what the claims, their links and their events were read from, and no more."
        )
    lines += [
        *("", "## How to use it", ""),
        "- `datapackage.json` says what each column of each table means; `codebook.md` what the codes mean.",
        "- `CITATION.cff` says how to cite it; `references.json`, `.bib` and `.ris` hold the articles.",
        "- `python verify.py`, in this folder, checks every quote, every offset and every digest. It needs "
        "Python 3.9 or newer and nothing else.",
    ]
    return ("\n".join(lines) + "\n").encode()
