"""On what a judgement rests and how sure its analyst is, in words that say who judges."""

from annotator.models import Basis, Confidence, LinkBasis

_BY = {
    Basis.TEXTUAL: "",
    Basis.INTERPRETIVE: "read so by the analyst",
    Basis.INFERENTIAL: "inferred by the analyst",
}
_SURE = {
    Confidence.CERTAIN: "is certain of it",
    Confidence.PROBABLE: "holds it probable",
    Confidence.POSSIBLE: "holds it possible",
}
_LINKS = {
    LinkBasis.STATED: "",
    LinkBasis.CARRIED_OVER: "carried over from an earlier sentence",
    LinkBasis.INFERRED: "this link is inferred by the analyst",
    LinkBasis.RECORD: "",
}


def rests_on(basis: str, confidence: str = "") -> str:
    """ "inferred by the analyst, who holds it possible"; empty where the text says it and no more is said."""
    by = _BY[Basis(basis)]
    if not confidence:
        return by
    sure = _SURE[Confidence(confidence)]
    return f"{by}, who {sure}" if by else f"the analyst {sure}"


def link_rests_on(basis: str) -> str:
    """Of a link of a chain; empty where the text states it, and where it follows from the record."""
    return _LINKS[LinkBasis(basis)]
