"""Attempts to keep of hosts and of their rules what cannot be."""

from .attempt import Attempt, adding, running

HOST, RULES = "sources_host", "sources_siterules"
_TWICE = "INSERT INTO sources_host (name) VALUES ('courier.example')"
_RULES_TWICE = (
    "INSERT INTO sources_siterules (site, found, text, counts_until)"
    " VALUES ('https://courier.example', 'none', '', now())"
)

ATTEMPTS: list[Attempt] = [
    running("sources_host_pkey", HOST, _TWICE, _TWICE, why="a host twice"),
    running("sources_siterules_pkey", RULES, _RULES_TWICE, _RULES_TWICE, why="a site twice"),
    *(
        adding("host_name_formed", HOST, name=name, why=f"a host called {name!r}")
        for name in ("", "Courier.example", "courier.example/", "courier .example", "a\nb")
    ),
    running(
        "host_held_until",
        HOST,
        "INSERT INTO sources_host (name, holder) VALUES ('courier.example', gen_random_uuid())",
        why="held for ever",
    ),
    adding("host_held_until", HOST, busy_until="2030-01-01", why="held by nobody"),
    adding("site_rules_found_known", RULES, found="lost", text="X"),
    adding("site_rules_text_as_found", RULES, found="none", text="Disallow: /", why="no rules, and yet some"),
    *(
        adding("site_rules_text_as_found", RULES, found=found, text="", why=f"{found}, and does not say")
        for found in ("rules", "later", "unreachable")
    ),
    *(
        adding("site_rules_site_formed", RULES, site=site, why=f"a site called {site!r}")
        for site in ("", "courier.example", "ftp://courier.example", "https://", "https://courier.example/a")
    ),
]
