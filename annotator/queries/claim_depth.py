"""What is said of claims beyond speaker and type, as a card tells it: in words, and only what was said."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from annotator.models import Basis, Claim, Kind, LinkRole, Party, Quantity, SupportingSpan
from sources.text.editing import EDITED, bare, edits
from sources.text.offsets import Extent
from sources.text.quotations import quotations
from sources.text.quoted import quoted

from .evidence import rests_on
from .identities import called, parties_each
from .numbers import in_figures
from .prepared import RecordsMadeOnce, listed

JOINER = " … "
QUOTATION_MARKS = '"“”„«»‹›「」『』'
UNSAID_CUE_TYPE = "neutral"
"""Of a cue of which nobody says more."""
_SPANS = RecordsMadeOnce(
    lambda claims: (
        SupportingSpan.objects.filter(claim__in=listed(claims)).select_related("annotation").order_by("pk")
    ),
    [-1],
)
_TARGETS = RecordsMadeOnce(
    lambda claims: (
        Party.objects.filter(claim__in=listed(claims))
        .select_related("actor__survivor")
        .order_by("position", "pk")
    ),
    [-1],
)
_NUMBERS = RecordsMadeOnce(
    lambda claims: Quantity.objects.filter(claim__in=listed(claims)).order_by("pk"), [-1]
)
_CUES = RecordsMadeOnce(
    lambda claims: (
        SupportingSpan.objects.filter(link__claim__in=listed(claims), cue_type__isnull=False)
        .select_related("annotation", "cue_type", "link")
        .order_by("link__chain", "link__position", "pk")
    ),
    [-1],
)


@dataclass(frozen=True)
class Fact:
    """`words` are the article's where `quoted`; `claim` is the identifier of a claim that is meant. What is
    `usual` is told on a claim's own page alone."""

    name: str
    words: str
    note: str = ""
    quoted: bool = False
    claim: str = ""
    usual: bool = False

    @property
    def marked(self) -> bool:
        """Whether the words hold quotation marks of their own, and need none around them."""
        return bool(quotations(self.words)) or any(mark in QUOTATION_MARKS for mark in self.words)


def depth_of(claims: Sequence[Claim]) -> dict[int, list[Fact]]:
    """By claim key, in four queries, five where a target is anonymous. The claims come with
    `inside__annotation` and annotation."""
    keys = [claim.pk for claim in claims]
    spans, numbers = defaultdict(list), defaultdict(list)
    for span in _SPANS.all(keys):
        spans[span.claim_id].append(span)
    targets = defaultdict(list)
    parties = parties_each(_TARGETS.all(keys))
    names = called(party.actor.survivor for party in parties if party.actor)
    for party in parties:
        targets[party.claim_id].append(_target(party, names))
    for said in _NUMBERS.all(keys):
        numbers[said.claim_id].append(said)
    cues = _cues(keys)
    return {
        claim.pk: [
            *targets[claim.pk],
            *cues[claim.pk],
            *_of_parts(spans[claim.pk]),
            *_of_claim(claim),
            *(Fact(said.what, said.words, in_figures(said), quoted=True) for said in numbers[claim.pk]),
        ]
        for claim in claims
    }


def _cues(claims: list[int]) -> dict[int, list[Fact]]:
    """What the reporter's words do, of those cues that were said to do something."""
    found = defaultdict(list)
    for span in _CUES.all(claims):
        of_other = span.link.position and LinkRole(span.link.role).label.lower()
        name = f"Cue ({of_other})" if of_other else "Cue"
        words, does = JOINER.join(span.annotation.quotes), span.cue_type.name.lower()
        usual = span.cue_type.key == UNSAID_CUE_TYPE
        found[span.link.claim_id].append(Fact(name, words, does, quoted=True, usual=usual))
    return found


def _target(party: Party, names: Mapping[int, str]) -> Fact:
    """Whom the claim blames, accuses or credits."""
    if party.actor is None:
        return Fact("Directed at", party.words, quoted=True)
    return Fact("Directed at", names[party.actor.survivor.pk], party.words)


def _of_parts(spans: list[SupportingSpan]) -> list[Fact]:
    facts = []
    for span in spans:
        words, kind = JOINER.join(span.annotation.quotes), span.annotation.kind
        if kind == Kind.HEDGE:
            facts.append(Fact("Hedge", words, span.get_whose_display().lower(), quoted=True))
        elif kind == Kind.GLOSS:
            facts.append(Fact("Added by the reporter", words, quoted=True))
        elif kind == Kind.QUOTED:
            facts.append(Fact("Marks round", words, span.get_use_display().lower(), quoted=True))
        elif kind == Kind.TIME:
            facts.append(Fact("When", words, quoted=True))
        elif kind == Kind.PERIOD:
            facts.append(Fact("Of what time", words, quoted=True))
    return facts


def _of_claim(claim: Claim) -> list[Fact]:
    facts = []
    if plain := without_edits(claim):
        facts.append(Fact("Without the editor’s marks", plain, quoted=True))
    if claim.negated:
        facts.append(Fact("Negated", "what is claimed is that it is not so"))
    if claim.polarity_basis != Basis.TEXTUAL or claim.polarity_confidence:
        facts.append(
            Fact(claim.get_polarity_display(), rests_on(claim.polarity_basis, claim.polarity_confidence))
        )
    if claim.certainty:
        facts.append(Fact("Certainty", claim.certainty, quoted=True))
    if claim.said_on and (claim.said_on_basis != Basis.TEXTUAL or claim.said_on_confidence):
        facts.append(Fact("Date", rests_on(claim.said_on_basis, claim.said_on_confidence)))
    if claim.period and (claim.period_basis != Basis.TEXTUAL or claim.period_confidence):
        facts.append(Fact("Time it speaks of", rests_on(claim.period_basis, claim.period_confidence)))
    if claim.translated is not None:
        facts.append(Fact("Translated", "yes" if claim.translated else "no"))
    if claim.inside is not None:
        words = JOINER.join(claim.inside.annotation.quotes)
        facts.append(Fact("Lies in", words, quoted=True, claim=str(claim.inside.uuid)))
    if claim.assessment:
        facts.append(
            Fact("The analyst’s view", claim.get_assessment_display().lower(), claim.assessment_reason)
        )
    return facts


def without_edits(claim: Claim) -> str:
    """The quote without an editor's insertions and signs of omission; empty where there are none."""
    words = JOINER.join(claim.annotation.quotes)
    if not EDITED.search(words) or claim.quotation_type not in ("direct", "mixed"):
        return ""
    whole = claim.quotation_type == "direct"
    plain = [
        bare(quote, Extent.of((0, len(quote))), "", edits(quote, marks), [])
        for quote in claim.annotation.quotes
        for marks in [[(0, len(quote))] if whole else quoted(quotations(quote))]
    ]
    said = JOINER.join(plain)
    return said if said != " ".join(words.split()) else ""
