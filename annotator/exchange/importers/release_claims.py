"""The claims of a release, each as one body, outer claims before those inside them."""

from collections.abc import Iterator

from .bundle import Body, Placed, Unmapped
from .outer_first import outer_first
from .release_tables import Release, Row, values
from .release_words import Words
from .wishes import Wishes


class Claims:
    """`unmapped` is filled while the claims are read."""

    def __init__(self, release: Release, words: Words, wishes: Wishes) -> None:
        self.release, self.words, self.wishes = release, words, wishes
        self.unmapped: list[Unmapped] = []
        self.links = release.by("attributions", "claim_id")
        self.speakers = release.by("claim_speakers", "attribution_id")
        self.heard = release.by("addressees", "attribution_id")
        self.meant = release.by("targets", "claim_id")
        self.numbers = release.by("quantities", "claim_id")
        self.stands = release.by("positions", "claim_id")

    def code(self, kind: str, key: str) -> str:
        """The key as it is called here: another where the user says so ("pledge" means `claim:promise`)."""
        meaning = self.wishes.meaning(key)
        return meaning.code if meaning and meaning.kind == kind else key

    def placed(self) -> Iterator[tuple[str, Placed]]:
        """Each with the text it stands in."""
        for row in _outer_first(self.release.tables["claims"]):
            note = self.words.row(row["annotation_id"])
            placed = self.words.placed(note, "claim", self._claim(row))
            yield note["snapshot_id"], placed

    def _claim(self, row: Row) -> Body:
        words = self.words
        return {
            **{name: row[name] for name in _AS_IT_IS},
            "type": self.code("claim", row["claim_type"]),
            "status": "draft" if row["review_status"] == "draft" else "submitted",
            "negated": row["negated"] == "TRUE",
            "translated": None if not row["translated"] else row["translated"] == "TRUE",
            "inside": row["inside_claim_id"] or None,
            "said_on": row["said_on_edtf"],
            "period": row["period_edtf"],
            "time_span": words.first(row["time_ids"], "the date of a claim"),
            "period_span": words.first(row["period_ids"], "the period of a claim"),
            "hedges": [self._part(one, "whose") for one in values(row["hedge_ids"])],
            "glosses": words.spans(row["gloss_ids"]),
            "quoted": [self._part(one, "use") for one in values(row["marks_ids"])],
            "topics": [self.code("topic", topic) for topic in values(row["topics"])],
            "targets": [self._party(one) for one in self.meant.get(row["claim_id"], ())],
            "chains": self._chains(row),
            "quantities": [_quantity(one) for one in self.numbers.get(row["claim_id"], ())],
            "positions": [
                {"concept": one["concept"], "stand": one["stand"]}
                for one in self.stands.get(row["claim_id"], ())
            ],
        }

    def _part(self, identifier: str, says: str) -> Body:
        return self.words.span(identifier, **{says: self.words.row(identifier)["says"]})

    def _party(self, row: Row) -> Body:
        body: Body = {"actor": row["actor_id"] or None, "mention": row["mention_id"] or None}
        if row["words_id"]:
            body["span"] = self.words.span(row["words_id"])
        elif row["words"]:
            body["words"] = row["words"]
        return body

    def _chains(self, claim: Row) -> list[list[Body]]:
        """Its own links; those of a claim around it too, where that is not in the release and so cannot say
        them itself."""
        rows = self.links.get(claim["claim_id"], ())
        own = [row for row in rows if row["outer_link"] != "TRUE"]
        outer = [row for row in rows if row["outer_link"] == "TRUE"]
        chains: dict[str, list[Row]] = {}
        for row in sorted(own, key=_place):
            chains.setdefault(row["chain"], []).append(row)
        if outer and not claim["inside_claim_id"]:
            if len(chains) < 2 and len({row["chain"] for row in outer}) == 1:
                (chain,) = chains or {"1"}
                chains.setdefault(chain, []).extend(sorted(outer, key=_place))
            else:
                for row in outer:
                    self._leave(row, "is that of a claim around, which the release does not hold")
        first = True
        made: list[list[Body]] = []
        for links in chains.values():
            made.append([])
            for row in links:
                made[-1].append(self._link(row, first))
                first = False
        return made

    def _leave(self, row: Row, why: str) -> None:
        what = f"link {row['chain']}.{row['link']} of the chain of claim {row['claim_id']}"
        self.unmapped.append(Unmapped(self.release.at("attributions", row), what, why))

    def _link(self, row: Row, first: bool) -> Body:
        """The first link of the first chain has its claim's date, and none of its own."""
        dated = {name: row[f"{name}_edtf" if name == "said_on" else name] for name in _DATED}
        own = row["outer_link"] != "TRUE"
        return {
            "role": row["role"],
            "act": row["act"],
            "basis": row["basis"],
            "quotation_type": row["quotation_type"],
            "occasion": row["occasion"],
            "repeated": row["repeated"] == "TRUE",
            "sources": self._sources(row, own),
            "cues": [self._cue(one) for one in values(row["cue_ids"])] if own else [],
            "addressees": [
                self._party(one if own else {**one, "words_id": ""})
                for one in self.heard.get(row["attribution_id"], ())
            ],
            "occasion_span": self.words.first(row["occasion_ids"], "an occasion") if own else None,
            "time_span": self.words.first(row["time_ids"], "the date of a link") if own else None,
            **({} if first else dated),
        }

    def _cue(self, identifier: str) -> Body:
        """Without a type it has none, and not the one that a new cue is given."""
        return self.words.span(identifier, cue_type=self.words.row(identifier)["cue_type"] or None)

    def _sources(self, row: Row, own: bool) -> list[Body]:
        speakers = self.speakers.get(row["attribution_id"], [])
        made = [
            {
                "actor": one["actor_id"],
                "mention": one["mention_id"] or None,
                "role_at_time": one["role_at_time"],
                "jointly": one["jointly"],
                "basis": one["basis"],
                "confidence": one["confidence"],
            }
            for one in sorted(speakers, key=lambda one: int(one["position"]))
        ]
        for identifier in values(row["role_ids"]) if own else ():
            self._give_role(identifier, made)
        return made

    def _give_role(self, identifier: str, sources: list[Body]) -> None:
        """The release says of which link a role's words are, not of whom: of the only one, or of the only one
        whose role reads so."""
        role = self.words.span(identifier)
        said = " ".join(" … ".join(role["quotes"]).split())
        free = [one for one in sources if "role_span" not in one]
        fits = free if len(sources) == 1 else [one for one in free if one["role_at_time"] == said]
        if len(fits) == 1:
            fits[0]["role_span"] = role
        else:
            self.words.leave(
                self.words.row(identifier), "does not say whose role it is, of several who speak"
            )


def _place(row: Row) -> tuple[int, int]:
    return int(row["chain"]), int(row["link"])


def _outer_first(rows: list[Row]) -> Iterator[Row]:
    named = {row["claim_id"]: row for row in rows}
    order = outer_first({name: row["inside_claim_id"] for name, row in named.items()})
    return (named[name] for name in order)


def _quantity(row: Row) -> Body:
    names = ("what", "qualifier", "low", "high", "unit", "words")
    return {**{name: row[name] for name in names}, "event": row["event_id"] or None}


_AS_IT_IS = (
    *("paraphrase", "quotation_type", "voice", "polarity", "polarity_basis", "polarity_confidence", "basis"),
    *("certainty", "assessment", "assessment_reason", "said_on_basis", "said_on_confidence"),
    *("period_basis", "period_confidence"),
)
_DATED = ("said_on", "said_on_basis", "said_on_confidence")
