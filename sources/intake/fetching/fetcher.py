"""Fetching one address, safely and politely: the only place of ours that asks another machine for a page."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from sources.intake.fetching import answers, robots
from sources.intake.fetching.answers import Answer
from sources.intake.fetching.asking import NotHad, ask
from sources.intake.fetching.manners import PAUSE, Manners, Turn
from sources.intake.fetching.network import INTERNET, Clock, Limits, Network
from sources.intake.fetching.refusals import Answered, NeverNow, NotItsTurn, TryLater
from sources.intake.fetching.urls import Address, NotFetchable, address_of, redirected, without_password
from sources.intake.refusal import Refusal, Refused, one_line

REDIRECTS = (301, 302, 303, 307, 308)
_UNKNOWN_FOR_NOW = "what its robots.txt allows cannot be known for now"
LATEST = 24 * 3600
"""Seconds that a site is waited for at its word; one that asks for more is not asked again."""


@dataclass(frozen=True)
class Fetched:
    """A document as it came. `address` is where it was in the end, `asked` where it was looked for;
    `redirects` are the addresses between, the asked one first; `charset` is the header's word."""

    document: bytes
    media_type: str
    charset: str | None
    address: str
    asked: str
    fetched_at: datetime
    redirects: tuple[str, ...] = ()


@dataclass
class _Errand:
    """One address that is being fetched, and whose turn is held meanwhile."""

    asked: str
    agent: str
    manners: Manners
    network: Network
    limits: Limits
    patience: float
    pause: float
    sleep: Callable[[float], None]
    clock: Clock
    turn: Turn | None = None
    asked_once: bool = False
    delays: dict[str, float] = field(default_factory=dict)

    def refused(self, address: Address | str, why: str) -> Refused:
        where = f"at {address}" if str(address) != self.asked else ""
        return Refused(Refusal(self.asked, one_line(where), why))


def fetch(
    address: str,
    *,
    agent: str,
    manners: Manners,
    network: Network = INTERNET,
    limits: Limits = Limits(),  # noqa: B008  frozen
    patience: float = 5.0,
    pause: float = PAUSE,
    sleep: Callable[[float], None] = time.sleep,
) -> Fetched:
    """The document at an address, by one or more requests.

    `agent` is what we call ourselves. Waits up to `patience` seconds for its turn at the host. Raises
    TryLater where the site asks to be asked later, NotItsTurn where others are asking it, and Refused with
    what a person can do about it.
    """
    errand = _Errand(
        address.strip(), agent, manners, network, limits, patience, pause, sleep, Clock(limits.whole)
    )
    try:
        current = address_of(errand.asked)
    except NotFetchable as error:
        raise errand.refused(errand.asked, str(error)) from None
    try:
        return _followed(errand, current)
    finally:
        _leave(errand)


def _followed(errand: _Errand, current: Address) -> Fetched:
    passed: list[Address] = []
    while True:
        _heed(errand, current)
        answer = _ask(errand, current)
        if answer.status not in REDIRECTS or "location" not in answer.headers:
            return _document(errand, current, passed, answer)
        passed.append(current)
        current = _next(errand, current, passed, answer.headers["location"])


def _next(errand: _Errand, current: Address, passed: list[Address], location: str) -> Address:
    try:
        following = redirected(current, location)
    except NotFetchable as error:
        raise errand.refused(
            current, f"it leads to {without_password(location)[:200]}, and {error}"
        ) from None
    if following in passed:
        raise errand.refused(current, "the site leads round in a circle")
    if len(passed) > errand.limits.redirects:
        raise errand.refused(current, f"the site leads on more than {errand.limits.redirects} times")
    return following


def _document(errand: _Errand, current: Address, passed: list[Address], answer: Answer) -> Fetched:
    now = datetime.now(UTC)
    if answer.status not in (200, 203):
        why = answers.status_in_words(answer.status)
        if answer.status in (429, 503):
            raise _asked_later(errand, current, answers.retry_after(answer, now), why)
        raise Answered(errand.refused(current, why).refusal, current.host)
    media, charset = answers.media_type_of(answer)
    if media in answers.UNSAID and answer.body.startswith(b"%PDF-"):
        media = "application/pdf"
    if media not in answers.FORMATS:
        said = one_line(media) or "nothing that says what it is"
        why = f"no reader takes what is there ({said})"
        raise Answered(errand.refused(current, why).refusal, current.host)
    if not answer.body:
        raise Answered(errand.refused(current, "there is nothing in it").refusal, current.host)
    return Fetched(
        answer.body,
        media,
        charset,
        str(current),
        errand.asked,
        now,
        tuple(str(one) for one in passed),
    )


def _asked_later(errand: _Errand, current: Address, said: float | None, why: str) -> Refused:
    """Nobody of ours asks the host for anything before: what it says of one page it says of itself."""
    seconds = robots.UNSAID if said is None else said
    errand.delays[current.host] = max(errand.delays.get(current.host, 0.0), min(seconds, LATEST))
    if seconds > LATEST:
        why += f" and asks to be asked again only after {seconds / 3600:.0f} hours"
        return NeverNow(errand.refused(current, why).refusal, current.host)
    return TryLater(errand.refused(current, why).refusal, seconds, current.host, unsaid=said is None)


# ── manners ───────────────────────────────────────────────────────────────────────────────────────


def _heed(errand: _Errand, address: Address) -> None:
    """Comes back when it is our turn at the host and its rules allow the page. Raises Refused otherwise."""
    _await_turn(errand, address.host)
    rules = errand.manners.rules_of(address.site)
    asked = rules is None
    if rules is None:
        rules, seconds = _asked_rules(errand, address)
        rules = replace(rules, seconds=seconds)
        errand.manners.keep_rules(address.site, rules, seconds)
        _await_turn(errand, address.host)  # the robots.txt may lie at another host
    errand.delays[address.host] = min(robots.delay_between(rules), robots.LONGEST_DELAY)
    if why := robots.why_not_asked(rules, address):
        refused = errand.refused(address, why)
        if rules.found != "later":
            raise refused
        seconds = rules.seconds or robots.LATER
        if not rules.text.startswith(_UNKNOWN_FOR_NOW):  # nobody answered
            raise TryLater(refused.refusal, seconds)
        if asked:
            raise TryLater(refused.refusal, seconds, address.host)
        raise NotItsTurn(refused.refusal, seconds, address.host)  # it said so before


def _asked_rules(errand: _Errand, address: Address) -> tuple[robots.Rules, float]:
    """What the site's robots.txt says, and for how many seconds that counts."""
    current = Address(address.scheme, address.host, address.port, "/robots.txt")
    for _ in range(errand.limits.redirects + 1):
        try:
            answer = ask(
                current,
                errand.agent,
                errand.network,
                _rested(errand, current),
                errand.limits,
                enough=robots.LARGEST,
            )
        except NotHad as error:
            found: robots.Found = "later" if error.passing else "unreachable"
            return robots.Rules(found, str(error)), robots.UNREACHABLE_FOR
        if answer.status in REDIRECTS and "location" in answer.headers:
            try:
                current = redirected(current, answer.headers["location"])
            except NotFetchable:
                return robots.Rules("none"), robots.DAY
            _await_turn(errand, current.host)
            continue
        if answer.status == 429 or answer.status >= 500:
            words = f"{_UNKNOWN_FOR_NOW}: {answers.status_in_words(answer.status)}"
            wait = answers.retry_after(answer, datetime.now(UTC)) or robots.LATER
            return robots.Rules("later", words), min(wait, robots.DAY)
        return (robots.rules_from(answer.body) if answer.status == 200 else robots.Rules("none")), robots.DAY
    return robots.Rules("none"), robots.DAY


def _ask(errand: _Errand, address: Address) -> Answer:
    clock = _rested(errand, address)
    try:
        return ask(address, errand.agent, errand.network, clock, errand.limits)
    except NotHad as error:
        refused = errand.refused(address, str(error))
        raise (TryLater(refused.refusal, robots.UNREACHABLE_FOR) if error.passing else refused) from None


def _rested(errand: _Errand, address: Address) -> Clock:
    """The clock, after the pause since the last request of this errand to the host."""
    if errand.asked_once:
        errand.sleep(errand.pause)
        errand.clock.grant(errand.pause)
    errand.asked_once = True
    if errand.turn is None or not errand.manners.extend(errand.turn):
        errand.turn = None
        raise _not_its_turn(errand, address.host, errand.pause)
    return errand.clock


def _await_turn(errand: _Errand, host: str) -> None:
    """Whoever is led on to another host has asked already, and waits longer there than who may go and come
    back."""
    if errand.turn is not None and errand.turn.host == host:
        return
    led_on = errand.turn is not None
    _leave(errand)
    most = max(errand.patience, robots.LONGEST_DELAY) if led_on else errand.patience
    waited = 0.0
    while True:
        taken = errand.manners.take(host)
        if isinstance(taken, Turn):
            errand.turn, errand.asked_once = taken, False
            return
        if waited + taken > most:
            raise _not_its_turn(errand, host, taken)
        errand.sleep(taken)
        errand.clock.grant(taken)
        waited += taken


def _not_its_turn(errand: _Errand, host: str, seconds: float) -> NotItsTurn:
    held = seconds >= robots.UNSAID
    why = f"{host} wants to be asked later" if held else f"{host} is being asked by others"
    return NotItsTurn(Refusal(errand.asked, "", why), seconds, host)


def _leave(errand: _Errand) -> None:
    if errand.turn is None:
        return
    turn, errand.turn = errand.turn, None
    errand.manners.give_back(turn, max(errand.pause, errand.delays.get(turn.host, 0.0)))
