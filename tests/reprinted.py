"""One agency story, and what newsrooms make of such: cut, added to, set anew, told by somebody else."""

AGENCY = """Ferry runs aground off Velm with 212 people aboard

VELM, Aug. 14 (AP) — A ferry carrying 212 people ran aground on a sandbank outside the harbour of Velm before dawn on Thursday, and all of them were brought ashore in small boats within four hours, the coast guard said.

The “Sankt Anders” was on its way from the island of Hale when it left the dredged channel in thick fog, said Ilse Brandt, the director of the harbour office. Nobody was seriously hurt, she said, but nine passengers were treated for bruises and two for shock.

“We had about twenty minutes to decide whether to wait for the tide or to take everyone off,” Brandt told reporters at the quay. “The captain chose the boats, and I think he chose well.”

Fishermen from three villages answered the first call for help. Jonas Reck, who runs a trawler, said he heard the horn through the fog and steered toward it. “You could see nothing at all until you nearly touched her,” Reck said. “Then there were people waving their phones like lamps.”

The ferry's operator, Halelinie, said that the ship had passed its yearly inspection in March and that the crew had twelve hours of rest before the voyage. It declined to say whether the radar was working, citing the inquiry that the transport ministry opened on Thursday afternoon.

The channel was last dredged in 2019. Harbour pilots have warned for two years that the sandbank was growing toward the west, according to minutes of the port council. The council put off new dredging in spring because the only bid came in at nearly twice the price that had been set aside.

Salvage crews hope to pull the ferry free at high water on Saturday. Until then a 300-meter zone around it is closed to traffic, and the island is being supplied by a smaller vessel that carries no cars. Oil booms were laid as a precaution, though no leak has been found, the coast guard said.

The accident is the third on the line since it was taken over by Halelinie six years ago. In 2021 a ramp gave way while trucks were being loaded, and last winter an engine fire forced a crossing to be broken off. No one was killed in either case."""  # noqa: E501

_PARTS = AGENCY.split("\n\n")
HEADLINE, STORY = _PARTS[0], _PARTS[1:]

LOCAL = """In Velm itself the news travelled along the bakery queue before any radio had it. By seven the parish hall was open, and volunteers from the rowing club had carried in blankets, tea and the club's own first aid chest.

Mayor Edda Lind thanked the crews in a short speech on the steps of the town hall and said that the summer market would go ahead on Saturday. She asked visitors to leave their cars at the station, since the quay road is needed for the salvage trucks.

The ferry line carries four of five of the town's visitors in August. Hotel owners said on Thursday that the first guests had already called to ask whether they could still come."""  # noqa: E501

TEASERS = """Also read: Ten quiet beaches within an hour of the capital

Also read: What the new harbour fees mean for pleasure boats

Sign up for our morning letter and never miss a story from the coast"""

GERMAN = """Fähre läuft vor Velm auf Grund, 212 Menschen an Bord

Eine Fähre mit 212 Menschen an Bord ist am frühen Donnerstagmorgen vor dem Hafen von Velm auf eine Sandbank gelaufen. Alle wurden nach Angaben der Küstenwache innerhalb von vier Stunden mit kleinen Booten an Land gebracht.

Die „Sankt Anders“ war auf dem Weg von der Insel Hale, als sie bei dichtem Nebel die ausgebaggerte Rinne verließ, wie Hafendirektorin Ilse Brandt sagte. Ernsthaft verletzt worden sei niemand, neun Fahrgäste seien wegen Prellungen behandelt worden, zwei wegen eines Schocks.

„Wir hatten etwa zwanzig Minuten, um zu entscheiden, ob wir auf die Flut warten oder alle von Bord nehmen“, sagte Brandt am Kai. „Der Kapitän hat sich für die Boote entschieden, und ich finde, er hat gut entschieden.“"""  # noqa: E501

OWN_REPORT = """Fog and a growing sandbank: how the Hale ferry got stuck

When the horn sounded for the fourth time, Jonas Reck put down his coffee and started the engine of his trawler. It was shortly before five on Thursday, the fog lay on the harbour of Velm like wet wool, and somewhere out there a ship with more than two hundred people on it was not moving any more.

Four hours later everybody was on land. The coast guard counted nine bruised passengers and two in shock, and nobody with worse than that. What remains is a ferry on a sandbank that, as pilots have been saying since 2023, has been creeping westwards, and a port council that found the dredging too dear.

Ilse Brandt, who directs the harbour office, defends the captain. He could have waited for the tide, she says, and he did not want to. The shipping company will not talk about the radar as long as the ministry is investigating.

On Saturday at high water they will try to tow her off. Islanders have to leave their cars at home until then. For Halelinie it is the third accident in six years, after a broken ramp and a fire in the engine room, neither of which cost a life."""  # noqa: E501


def whole(*parts: str) -> str:
    return "\n\n".join(parts)


def straightened(text: str) -> str:
    """Other marks, dashes and blanks, and the words the same."""
    table = {"“": '"', "”": '"', "’": "'", "—": "--"}
    return (
        "".join(table.get(c, c) for c in text).replace(" people", "\u00a0people").replace("fog", "fo\u00adg")
    )


def reworded(text: str) -> str:
    """As a desk edits it: a word here and there in each paragraph."""
    for old, new in (
        ("ran aground on a sandbank outside", "became stuck on a sandbank off"),
        ("brought ashore", "taken to land"),
        ("Nobody was seriously hurt", "There were no serious injuries"),
        ("Brandt told reporters at the quay", "Ms. Brandt told journalists"),
        ("Fishermen from three villages answered", "Fishers from nearby villages responded to"),
        ("declined to say", "would not comment on"),
        ("put off new dredging", "postponed new dredging"),
        ("300-meter", "300-metre"),
    ):
        text = text.replace(old, new)
    return text


REPRINTS = {
    "the same words, printed with other marks": straightened(AGENCY),
    "another headline": whole("“Like lamps in the fog”: 212 saved from ferry", *STORY),
    "other teasers around it": whole(HEADLINE, *STORY, TEASERS),
    "edited word by word": reworded(AGENCY),
    "the last three paragraphs cut": whole("Ferry aground off Velm", *STORY[:-3]),
    "half of it cut": whole("Ferry aground off Velm", *STORY[:4]),
    "three local paragraphs added": whole("Town helps as ferry runs aground", *STORY[:3], LOCAL, *STORY[3:]),
    "cut, edited and added to": whole("Town helps", reworded(whole(*STORY[:6])), LOCAL),
}
UNLIKE = {
    "a brief of the first paragraph": whole("Ferry aground", STORY[0]),
    "the same events, reported by another": OWN_REPORT,
    "translated": GERMAN,
    "the local paragraphs alone": LOCAL,
}
