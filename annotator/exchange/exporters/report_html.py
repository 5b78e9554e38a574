"""`report.html`: the claims to read and to print, by speaker, each with its source in a footnote. Those
who are named come first, then those whom texts call by an office, as a group or without a name.

One page without script or anything fetched. `verify.py` carries this file: the standard library alone, Python
3.9.
"""

from html import escape
from itertools import chain

REPORT_STYLE = """
:root { color-scheme: light dark }
body { font: 1.0625rem/1.55 Georgia, 'Times New Roman', serif; max-inline-size: 42rem; margin: 3rem auto;
  padding-inline: 1.25rem; overflow-wrap: anywhere }
h1, h2 { line-height: 1.2; font-weight: 600 }
h2 { font-size: 1.35rem; margin-block: 3rem 1rem; padding-block-end: .3rem; border-block-end: 1px solid;
  break-after: avoid }
blockquote { margin: 0; padding-inline-start: .9rem; border-inline-start: 3px solid }
article { margin-block: 1.6rem; break-inside: avoid }
p { margin-block: .3rem }
.about, .notes { font-size: .875rem; line-height: 1.45 }
.about { opacity: .8 }
.notes { margin-block-start: 1.5rem; padding-inline: 2.6rem 2rem }
sup { line-height: 0 }
a { color: inherit }
@media print {
  @page { margin: 2cm }
  body { margin: 0; padding: 0; max-inline-size: none; font-size: 10.5pt }
  a { text-decoration: none }
  .go { display: none }
}
"""
REPORT_HEAD = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>{style}</style>
</head>
<body>
<header>
<h1 dir="auto">{title}</h1>
<p class="about">{about}</p>
{more}</header>
"""
REPORT_COLUMNS = (
    *("claim_id", "quote_printed", "paraphrase", "polarity", "negated", "chain", "said_on_edtf"),
    *("review_status", "citation", "url", "fragment_url", "permalink"),
)
REPORT_VOICES = (
    ("own", "The articles themselves"),
    ("agentless", "Nobody in particular"),
    ("attributed", "Speakers who are not named"),
    ("unknown", "Not known"),
)


def report_link(address, words):
    if not address.lower().startswith(("http://", "https://")):
        return ""
    return f' <a class="go" href="{escape(address)}">{words}</a>'


def report_claim(claim, number):
    """The claim and, to stand below its section, its footnote."""
    said = [claim["polarity"]] if claim["polarity"] != "asserted" else []
    said += [claim["chain"]] if claim["chain"] else []
    said += [f"on {claim['said_on_edtf']}"] if claim["said_on_edtf"] else []
    said += [f"review: {claim['review_status']}"] if claim["review_status"] != "accepted" else []
    mark = f'<sup><a href="#n{number}" id="r{number}">{number}</a></sup>'
    text = f'<article>\n<blockquote dir="auto">{escape(claim["quote_printed"])}{mark}</blockquote>\n'
    if claim["paraphrase"]:
        text += f'<p dir="auto">{escape(claim["paraphrase"])}</p>\n'
    text += f'<p class="about" dir="auto">{escape("; ".join(said))}</p>\n' if said else ""
    links = report_link(claim["fragment_url"] or claim["url"], "Open the page")
    links += report_link(claim["permalink"], "Open the claim")
    back = f' <a class="go" href="#r{number}" aria-label="Back to the claim">↑</a>'
    note = f'<li id="n{number}" value="{number}" dir="auto">{escape(claim["citation"])}{links}{back}</li>\n'
    return text + "</article>\n", note


def report_section(db, heading, query, value, first):
    """(identifier, text) of the section of one speaker; `first` is the number of its first footnote. The
    claims are read once for their words and again for the notes: somebody may say a million."""
    number = first
    for identifier, text, _ in report_claims(db, query, value, first):
        if number == first:
            yield value, f'<section>\n<h2 dir="auto">{escape(heading)}</h2>\n'
        number += 1
        yield identifier, text
    if number > first:
        yield value, '<ol class="notes">\n'
        for identifier, _, note in report_claims(db, query, value, first):
            yield identifier, note
        yield value, "</ol>\n</section>\n"


def report_claims(db, query, value, first):
    """(identifier, text, footnote) of each claim of a section."""
    for number, cells in enumerate(db.execute(query, [value]), first):
        claim = dict(zip(REPORT_COLUMNS, cells))  # noqa: B905  (Python 3.9)
        yield (claim["claim_id"], *report_claim(claim, number))


def report_more(db, package, claims):
    """Who made it, how to cite it, how many claims nobody has reviewed, and what its makers say of it."""
    query = "SELECT count(*) FROM claims WHERE review_status IN ('draft', 'submitted')"
    (unreviewed,) = db.execute(query).fetchone()
    people = ", ".join(one["title"] for one in package.get("contributors", ()))
    cited = f"{people or package['title']} ({package['created'][:4]}). "
    cited += f"{package['title']}, release {package['version']} [Data set]. {package.get('homepage', '')}"
    lines = [f"Not reviewed: {unreviewed} of {claims}."] if unreviewed else []
    lines += [f"Made by {people}."] if people else []
    lines += [f"To cite it: {cited.strip()}", *package.get("description", "").split("\n")]
    return "".join(f'<p class="about" dir="auto">{escape(line)}</p>\n' for line in lines if line.strip())


def report_pieces(db, package):
    (claims,) = db.execute("SELECT count(*) FROM claims").fetchone()
    (articles,) = db.execute("SELECT count(*) FROM articles").fetchone()
    about = (
        f"Release {package['version']}, {package['created'][:10]}. Claims: {claims}. Articles: {articles}."
    )
    licences = [one["name"] for one in package.get("licenses", [])]
    about += f" Licence: {licences[0]}." if licences else ""
    values = {"title": escape(package["title"]), "about": escape(about), "style": REPORT_STYLE}
    values["more"] = report_more(db, package, claims)
    yield "the head", REPORT_HEAD.format(**values)
    columns = ", ".join(f"c.{name}" for name in REPORT_COLUMNS)
    of_actor = (
        f"SELECT {columns} FROM claims c WHERE c.claim_id IN (SELECT claim_id FROM claim_speakers "  # noqa: S608
        "WHERE actor_id = ? AND link = '1') ORDER BY c.row"
    )
    of_voice = f"SELECT {columns} FROM claims c WHERE n_speakers = '0' AND voice = ? ORDER BY row"  # noqa: S608
    speakers = (
        "SELECT actor_id, actor FROM claim_speakers WHERE link = '1' "
        "GROUP BY actor_id ORDER BY naming <> 'named', lower(actor), actor_id"
    )
    db.execute("CREATE INDEX report_speakers ON claim_speakers (actor_id, link)")
    number = 1
    sections = [(of_voice, voice, heading) for voice, heading in REPORT_VOICES]
    named = ((of_actor, actor, name) for actor, name in db.execute(speakers))
    for query, value, heading in chain(named, sections):
        for identifier, text in report_section(db, heading, query, value, number):
            number += text.count("</article>\n")
            yield identifier, text
    yield "the foot", "</body>\n</html>\n"


def write_report(db, package):
    """(identifier, bytes) of the page, claim by claim; `db` has the tables of the dataset."""
    for identifier, text in report_pieces(db, package):
        yield identifier, text.encode()
