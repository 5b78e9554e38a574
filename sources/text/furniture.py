"""Lines that belong to a web page and not to the story on it.

A phrase counts where it is the whole line, arrows and stops round it aside: a sentence of a story that only
contains one is the story's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from sources.text.furniture_abroad import ABROAD
from sources.text.furniture_reasons import (
    ADVERT,
    COMMENTS,
    COOKIES,
    FOLLOW,
    LIST,
    NAVIGATION,
    NOTICE,
    POINTER,
    READING_TIME,
    RIGHTS,
    RULE,
    SHARE,
    SUBSCRIBE,
    TAGS,
    WRITE_TO,
    Rules,
)

_LONGEST = 240
_NETWORKS = (
    "twitter|x|facebook|instagram|threads|telegram|youtube|tiktok|linkedin|whatsapp|social media|google news"
    "|bluesky|mastodon|flipboard|apple news|snapchat|pinterest|reddit|viber|signal|spotify"
)
_MORE_NETWORKS = (
    rf"(?:(?:\s*[,&/|]\s*(?:and\s+)?|\s+and\s+|\s+or\s+)(?:on\s+)?(?:{_NETWORKS})\b){{0,6}}"
    r"(?:\s*[,:(–—-]?\s*(?:at\s+)?@[\w.]+\)?|\s*:\s*\S+|\s+(?:for|to (?:get|stay)) [^.,]{1,60}|\s+here)?"
)
_BUTTONS = (
    "share|print|e-?mail|tweet|copy link|facebook|twitter|whatsapp|linkedin|telegram|pinterest|reddit|bluesky"
)
_UNITS = "seconds?|secs?|minutes?|mins?|hours?|hrs?|days?|weeks?|months?|years?"
_STORY = "(?:story|article|post|report|piece|content|page)"
_MAIL = r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,6}"

_ENGLISH: Rules = (
    (
        ADVERT,
        (
            r"advertisements?(?:\W+(?:continue reading below|scroll to continue(?: reading)?|skip"
            r"|(?:story|article) continues below))?",
            rf"{_STORY} continues? (?:below|after)(?: (?:the|this))?(?: (?:advertisement|advert|ad))?s?",
            r"(?:skip|close|remove|hide|report)(?: this)? (?:ads?|advertisements?)|ads by \w+",
            r"(?:sponsored|promoted|paid|partner)(?: (?:content|links?|stories|posts?|partnership))"
            r"|sponsored",
            r"promoted|advertorial|from our (?:partners|sponsors)",
            r"scroll (?:down )?(?:to|for) (?:continue|more)(?: reading)?",
            r"continue reading(?: (?:the )?(?:main|full) story| below)?|keep reading|story continues",
        ),
    ),
    (
        NOTICE,
        (
            r"fyi|heads up",
            rf"this {_STORY} is (?:more than|over|at least|now more than) \w+ (?:years?|months?) old",
            rf"this {_STORY} was (?:last |first )?(?:published|updated|modified) (?:more than |over )?"
            rf"\w+ (?:{_UNITS}) ago",
            r"breaking(?: news)?|developing(?: story)?|exclusive|opinion",
            rf"(?:content |trigger )?(?:warning|editor['’]s note|note to readers)\s*:\s*(?:this"
            rf"|the following)"
            rf" {_STORY} (?:contains|includes|has (?:content|details))\b[^.]{{0,140}}",
            r"subscribers? only|members? only|for subscribers(?: only)?",
        ),
    ),
    (
        FOLLOW,
        (
            rf"(?:you can )?(?:also )?follow (?:@?\w[\w.'’-]*(?: [\w.'’@-]+){{0,5}}) on (?:{_NETWORKS})\b"
            rf"{_MORE_NETWORKS}",
            rf"(?:find|join|like|visit|watch|connect with) us on (?:{_NETWORKS})\b{_MORE_NETWORKS}",
            r"(?:join|follow) our (?:\w+ )?(?:channel|group|page|community)(?: (?:on|for|to) [^.,]{1,60})?",
            r"(?:twitter|x|instagram|facebook|bluesky|telegram)\s*:?\s*@[\w.]{2,40}|@\w{2,40}",
        ),
    ),
    (
        SUBSCRIBE,
        (
            r"(?:subscribe|sign up|register)(?: now| here| today| to| for)\b.{0,100}"
            r"(?:newsletters?|briefings?|e-?mails?|inbox|channel)\b[^.,]{0,60}",
            r"get (?:(?:all )?(?:the|our) )?(?:latest|top|best|free|daily|day['’]s|breaking)\b[^.,]{0,80}"
            r"(?:inbox|e-?mail|newsletter|alerts|delivered)\b[^.,]{0,40}",
            r"(?:un)?subscribe(?: (?:now|today|here))?|subscribe to [^.,]{1,60}|newsletters?"
            r"|sign up(?: now)?",
            r"(?:already|not) an? (?:subscriber|member)\b\W{0,3}(?:(?:log|sign) in|subscribe"
            r"|join)?(?: here| now)?",
            r"(?:log|sign) ?in(?: (?:here|now|or [^.,]{1,30}|to (?:continue|comment|reply"
            r"|read more)[^.,]{0,30}))?",
            r"(?:create|register for|open) an? (?:free )?account[^.,]{0,40}",
            r"support (?:us|(?:our|independent|quality|local|free|public)(?: \w+)? (?:journalism"
            r"|reporting|work"
            r"|newsroom|journalists|media))[^.,]{0,60}|donate (?:now|today|here)|make a (?:donation"
            r"|contribution)",
            r"become an? (?:member|subscriber|supporter|patron)(?: (?:now|today|of|for)\b[^.,]{0,40})?",
            r"(?:download|get) (?:our|the)(?: [\w ]{1,30})? app[^.,]{0,60}",
            r"thank(?:s| you) for (?:reading|signing up|subscribing)[^.,]{0,60}",
            rf"(?:did you )?(?:enjoy|enjoyed|like|liked) this {_STORY}\??",
            r"(?:please )?enter (?:a valid |your )(?:e-?mail|name)[^.,]{0,40}|this field is required",
            r"an error (?:has )?occurred\W{1,3}please try again(?: later)?",
        ),
    ),
    (
        COMMENTS,
        (
            r"(?:leave|post|write|add|cancel) (?:a |your )?(?:reply|comment|response)s?"
            r"(?: (?:below|here|now|cancel(?: reply)?|on this \w+|to \w[\w.]{0,30}(?: \w[\w.]{0,30})?"
            r"(?: cancel reply)?))?",
            r"your e-?mail address will not be published.{0,80}",
            r"required fields are marked.{0,20}|save my name.{0,100}|log in to (?:comment|reply)",
            r"\d+ (?:comments?|replies|responses)|comments?(?: \(?\d+\)?)?",
            r"be the first to (?:comment|reply)[^.,]{0,40}|no (?:comments|responses|replies)(?: yet)?",
            r"comments are (?:closed|off|disabled|moderated)[^.]{0,60}",
            r"(?:view|show|read|see|hide|load)(?: (?:all|the|more|\d+)){0,3} (?:comments?|replies)",
            r"join the (?:conversation|discussion)",
            r"(?:comment|name|e-?mail(?: address)?|website)\s*(?:\*|\((?:required|optional"
            r"|will not be published)\))",
            r"notify me (?:of|by|when|via) [^.]{0,80}|you must be (?:logged|signed) in to [^.]{0,40}",
            r"this site (?:uses akismet|is protected by)[^.]{0,80}(?:\.[^.]{0,100})?",
        ),
    ),
    (
        LIST,
        (
            r"(?:related|recommended|more|other|latest|popular|trending|recent|similar)"
            r" (?:articles?|stor(?:y|ies)|posts?|news|reading|topics?|content|coverage|videos?|links?)",
            r"related|more (?:on|about) this(?: (?:story|topic|issue|subject))?|recommended for you",
            r"most (?:read|viewed|popular|shared|recent)(?: (?:stories|articles|news|today|this week))?",
            r"editors?['’]?s?['’]? (?:picks?|choice)|people also read|in case you missed it|icymi",
            r"you (?:may|might)(?: also)? (?:like|enjoy|be interested in)",
            r"up next|read next|see also|trending(?: now)?|don['’]t miss|what to read next"
            r"|from the archives?",
            r"list of \d+ items|end of list|list \d+ of \d+.{0,200}",
        ),
    ),
    (
        POINTER,
        (
            r"(?:read more|related|also read|read also|also see|see also|read this|now read|must read"
            r"|read next"
            r"|up next|in pictures|watch|listen|more|don['’]t miss|recommended)\s*[:»>|].{1,200}",
            r".{0,200}[.!?…»\"”’]\s*(?:read|watch|see|hear|find out|learn|click) (?:the )?"
            r"(?:more|full story|full report|here)(?: here| about it here)?",
            r"read more(?: here)?|click here.{0,80}|continue reading.{0,40}",
            rf"(?:read|watch|see|view) (?:the |our )?(?:full|whole|original) (?:{_STORY}|interview|video"
            rf"|text)"
            r"[^.,]{0,40}",
        ),
    ),
    (
        NAVIGATION,
        (
            r"(?:back|return|go) to (?:the )?(?:top|home(?:page)?|main page|front page|start)(?: button"
            r"| of (?:the )?page)?",
            r"skip to (?:the )?(?:main )?(?:content|navigation|footer|search)|home ?page|top stories",
            r"(?:previous|next)(?: (?:article|post|story|page|image))?|home|menu|search|close|loading\W*",
            r"(?:load|show|see) (?:more|all)|view (?:all|more)|about us|contact us|privacy (?:policy|notice)",
            r"terms (?:of|and|&) (?:use|service|conditions)|(?:cookie|privacy) (?:policy|settings"
            r"|preferences)",
            r"advertise with us|site ?map|help cent(?:er|re)|accessibility statement|rss(?: feed)?",
            r"opens in (?:a )?new (?:window|tab)|external link|in this (?:article|story)",
            r"(?:watch|play|view)(?: the)? (?:video|gallery|slideshow)|photo gallery|\d{1,2}\s?/\s?\d{1,2}",
            r"error loading player\b.{0,60}|your browser does not support .{0,60}",
            r"(?:toggle|hide|show) caption|enlarge (?:this )?image|view image in fullscreen",
        ),
    ),
    (
        WRITE_TO,
        (
            rf"(?:e-?mail|contact|reach|write to)(?: [\w.'’-]+){{0,6}}(?: (?:at|on|via)|\s*:)\s*{_MAIL}",
            rf"(?:e-?mail\s*:?\s*)?{_MAIL}|(?:about|contact) the (?:author|writer|reporter)s?",
            r"(?:send us|have|got) (?:a |any |your )?(?:news )?(?:tips?|feedback)(?:\W{1,3}(?:contact"
            r"|e-?mail) us)?",
            r"report (?:an? )?(?:error|typo|mistake)|correction requests?",
            r"(?:spotted|found|see) (?:an?|something) (?:error|typo|mistake|wrong)\W{0,3}[^.]{0,60}",
        ),
    ),
    (
        SHARE,
        (
            rf"(?:{_BUTTONS})(?:(?:\s*[,|/·•]\s*|\s+)(?:{_BUTTONS}|on|via|this|x)){{0,12}}",
            rf"(?:share|print|save|e-?mail|gift|bookmark|listen to)(?: this)?(?: {_STORY})?|share (?:on"
            rf"|via) \w+",
            r"click to (?:share|e-?mail|print)\b[^.]{0,60}|link copied[^.]{0,20}|copied|\d+ shares?",
            r"like this|like loading\W*|(?:font|text) size|[aA][+-](?: [aA][+-]){0,3}",
        ),
    ),
    (
        RIGHTS,
        (
            r"(?:©|\(c\)|copyright (?:©|\(c\)|\d{4})).{0,200}|.{0,120}all rights reserved\W*",
            r"this material may not be published\b.{0,120}|no part of this \w+ may be .{1,120}",
            r"re(?:printed|published|produced) (?:with|by) (?:the )?permission[^.]{0,60}"
            r"|our standards:.{1,80}",
        ),
    ),
    (
        COOKIES,
        (
            r"(?:we|this (?:web)?site) uses? cookies.{0,200}|accept (?:all )?cookies|manage cookies",
            r"please enable javascript.{0,80}",
        ),
    ),
    (
        READING_TIME,
        (
            r"(?:\d{1,3}|an?|one|two|three|five) ?-?min(?:ute)?s? (?:read|to read|listen)",
            r"(?:estimated )?reading time\s*:?\s*\d{1,3} ?min(?:ute)?s?",
        ),
    ),
    (TAGS, (r"(?:tags?|topics?|filed under|categories|category)\s*:.{1,200}", r"tags|filed under")),
    (RULE, (r"[\W_]{1,80}",)),
)
_LONE: Rules = (
    (
        "a word of the page's furniture, which stands among it",
        (
            r"ads?|saved|listen|play|video|videos|photos?|gallery|latest|popular|topics?|reply|submit|donate",
            r"register|website|name|e-?mail|comment|agencies|staff|help|privacy|terms|cookies|contact"
            r"|careers",
            r"more (?:from|in|on) [^.!?]{2,40}|via [\w .]{2,30}|views?: \d[\d,.]*|\d[\d,.]* views?",
        ),
    ),
)
_AGO = re.compile(
    r"(?:(?:last |first )?(?:updated|published|posted|modified)\s*:?\s*)?(?:about |over )?"
    rf"(?:\d{{1,2}}|an?|one|two|three) (?:{_UNITS}) ago",
    re.IGNORECASE,
)
_URL = re.compile(r"(?:(?:url|link|from)\s*:\s*)?(?P<url>https?://[^\s<>\"]{4,1990})", re.IGNORECASE)
_BARE_HOST = re.compile(r"www\.[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}/?", re.IGNORECASE)


def _compiled(rules: Iterable[tuple[str, tuple[str, ...]]]) -> list[tuple[str, re.Pattern[str]]]:
    before, behind = r"[-–—•*|»›▶►→\s]{0,4}", r"\s*[-–—.:!*»›>→…|]{0,3}\s*"
    return [
        (reason, re.compile(rf"{before}(?:{'|'.join(phrases)}){behind}", re.IGNORECASE))
        for reason, phrases in rules
    ]


_COMPILED = _compiled((*_ENGLISH, *ABROAD))
_COMPILED_LONE = _compiled(_LONE)


def furniture_reason(line: str) -> str | None:
    """Why this whole line is a page's furniture, or None where it may be the story's."""
    return _reason(line, _COMPILED)


def among_furniture_reason(line: str) -> str | None:
    """Why the line is furniture where it stands among other furniture; alone it may be a heading."""
    return _reason(line, _COMPILED_LONE)


def _reason(line: str, rules: list[tuple[str, re.Pattern[str]]]) -> str | None:
    if len(line) > _LONGEST:
        return None
    return next((reason for reason, rule in rules if rule.fullmatch(line)), None)


def so_long_ago(line: str) -> bool:
    """Whether the line is a moment such as "2 hours ago" and nothing else."""
    return len(line) <= 60 and _AGO.fullmatch(line.strip()) is not None


def url_line(line: str) -> str | None:
    """The address where the whole line is one, else None."""
    match = _URL.fullmatch(line.strip())
    return match["url"] if match else None


def is_address(line: str) -> bool:
    """Whether the whole line is an address, or the name of a site alone ("www.valley.example")."""
    return url_line(line) is not None or (len(line) <= 80 and _BARE_HOST.fullmatch(line.strip()) is not None)
