"""outlets.csv: newspapers, sites, broadcasters and agencies, and what was found to be one with them."""

from dataclasses import dataclass

from .columns import key, string, values, yes_no


@dataclass(frozen=True, slots=True, kw_only=True)
class OutletRow:
    outlet_id: str = key("Identifier (UUID).")
    name: str = string("Name.", required=True)
    aliases: str | None = values("What else it is called; a `;` inside a name is written `,`.")
    domains: tuple[str, ...] = values("Its sites, as domains in ASCII.")
    issn: str | None = string("ISSN.")
    issn_l: str | None = string("Linking ISSN, which its print and its site share.")
    wikidata: str | None = string("Wikidata identifier.")
    country: str | None = string("Country (ISO 3166-1, two letters).")
    language: str | None = string("Language (BCP 47).")
    is_agency: bool = yes_no("Whether it is a news agency, whose stories others print.", required=True)
    merged_into_id: str | None = string(
        "The outlet that it was found to be one with: its articles are that one’s. What else the row says is "
        "what was known of it before.",
        refers="outlets.outlet_id",
    )
