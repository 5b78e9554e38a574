"""Lines that belong to a web page and not to the story on it."""

from __future__ import annotations

import re

_LONGEST = 240
_NETWORKS = (
    "twitter|x|facebook|instagram|threads|telegram|youtube|tiktok|linkedin|whatsapp|social media|google news"
)
_BUTTONS = "share|print|e-?mail|tweet|copy link|facebook|twitter|whatsapp|linkedin|telegram|pinterest|reddit"

_RULES: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "an advertisement's place",
        (
            r"advertisements?|sponsored(?: content)?|promoted",
            r"story continues below(?: advertisement)?",
            r"إعلان|إعلانات|اشتہار",
        ),
    ),
    (
        "a notice before the story",
        (
            r"fyi|heads up",
            r"this (?:story|article|post|page) is (?:more than|over|at least) \w+ (?:years?|months?) old",
            r"breaking(?: news)?|developing(?: story)?|exclusive|opinion",
        ),
    ),
    (
        "an invitation to follow",
        (
            rf"follow (?:@?\w[\w.'’-]*(?: [\w.'’@-]+){{0,5}}) on (?:{_NETWORKS})\b.{{0,80}}",
            r"like us on facebook.{0,40}",
            r"تابعونا على.{0,60}|تابعنا على.{0,60}|ہمیں .{0,30} پر فالو کریں.{0,20}",
        ),
    ),
    (
        "an invitation to subscribe",
        (
            r"(?:subscribe|sign up|register)(?: now| here| today| to| for)\b.{0,100}"
            r"(?:newsletter|e-?mail|inbox|channel).{0,60}",
            r"subscribe|newsletter|sign up",
            r"اشترك.{0,60}(?:النشرة|القناة).{0,40}",
        ),
    ),
    (
        "a comment form",
        (
            r"(?:leave|post|write|add|cancel) (?:a |your )?(?:reply|comment|response)s?(?: .{0,30})?",
            r"your e-?mail address will not be published.{0,80}",
            r"required fields are marked.{0,20}|save my name.{0,100}|log in to (?:comment|reply)",
            r"\d+ (?:comments?|replies|responses)|comments?(?: \(\d+\))?",
            r"اترك (?:تعليقا|تعليقاً|رد|ردا|ردًا).{0,30}|التعليقات|اپنا تبصرہ.{0,30}|تبصرے",
        ),
    ),
    (
        "a list of other stories",
        (
            r"(?:related|recommended|more|other|latest|popular|trending|recent|similar)"
            r" (?:articles?|stor(?:y|ies)|posts?|news|reading|topics?|content|coverage|videos?)",
            r"most (?:read|viewed|popular|shared)|editor['’]?s picks?|you (?:may|might) also like",
            r"up next|read next|see also|trending(?: now)?|don['’]t miss|what to read next",
            r"(?:مواضيع|أخبار|مقالات) (?:ذات صلة|مشابهة|أخرى)",
            r"اقرأ (?:أيضا|أيضًا|المزيد).{0,80}",
            r"متعلقہ خبریں|مزید خبریں|(?:یہ بھی|مزید) پڑھیں.{0,80}",
        ),
    ),
    (
        "a pointer to another story",
        (
            r"(?:read more|related|also read|read also|see also|watch|listen|more|don['’]t miss|recommended)"
            r"\s*[:»>|].{1,200}",
            r".{0,200}[.!?…»\"”’]\s*(?:read|watch|see|hear|find out|learn|click) (?:the )?"
            r"(?:more|full story|full report|here)(?: here| about it here)?",
            r"read more(?: here)?|click here.{0,80}|continue reading.{0,40}|read the full story.{0,40}",
        ),
    ),
    (
        "a page's navigation",
        (
            r"back to (?:the )?top(?: button)?|skip to (?:the )?(?:main )?content",
            r"(?:previous|next)(?: (?:article|post|story|page))?|home|menu|search|close|loading\W*",
            r"load more|show more|view (?:all|more)|top stories|العودة إلى الأعلى",
        ),
    ),
    (
        "buttons to share or print",
        (
            rf"(?:{_BUTTONS})(?:(?:\s*[,|/·•]\s*|\s+)(?:{_BUTTONS}|on|via|this|x)){{0,12}}",
            r"share this(?: (?:article|story|post|page))?",
            r"شارك(?: الخبر| المقال)?|شیئر کریں",
        ),
    ),
    (
        "a notice of rights",
        (
            r"(?:©|\(c\)|copyright (?:©|\(c\)|\d{4})).{0,200}|.{0,120}all rights reserved\W*",
            r"جميع الحقوق محفوظة.{0,60}|جملہ حقوق محفوظ.{0,60}",
        ),
    ),
    (
        "a notice of cookies or scripts",
        (
            r"(?:we|this (?:web)?site) uses? cookies.{0,200}|accept (?:all )?cookies",
            r"please enable javascript.{0,80}",
        ),
    ),
    ("a reading time", (r"(?:\d{1,3}|an?|one|two|three|five) ?-?min(?:ute)?s? (?:read|to read)",)),
    (
        "a list of tags",
        (r"(?:tags?|topics?|filed under|categories|category)\s*:.{1,200}", r"الوسوم\s*:.{1,120}"),
    ),
    ("a rule between parts", (r"[\W_]{1,80}",)),
)
_COMPILED = tuple(
    (reason, re.compile(rf"(?:{'|'.join(phrases)})\s*[.:!*]{{0,2}}\s*", re.IGNORECASE))
    for reason, phrases in _RULES
)
_URL = re.compile(r"(?:(?:url|link|from)\s*:\s*)?(?P<url>https?://[^\s<>\"]{4,1990})", re.IGNORECASE)


def furniture_reason(line: str) -> str | None:
    """Why this whole line is a page's furniture, or None where it may be the story's."""
    if len(line) > _LONGEST:
        return None
    return next((reason for reason, rule in _COMPILED if rule.fullmatch(line)), None)


def url_line(line: str) -> str | None:
    """The address where the whole line is one, else None."""
    match = _URL.fullmatch(line.strip())
    return match["url"] if match else None
