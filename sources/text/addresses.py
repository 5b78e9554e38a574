"""Whether two web addresses are of one article: what they have in common when what says nothing is left out.

Left out are the scheme, `www.`, `m.` and `amp.` before the host, the default port, user names, marks of an
AMP copy, parameters that only follow readers about, the fragment, and a slash at the end. Parameters that
may name the article stay, whatever they are called. The address itself is stored as it came.
"""

from __future__ import annotations

import re
from hashlib import sha256
from urllib.parse import SplitResult, parse_qsl, quote, quote_plus, unquote_plus, unquote_to_bytes, urlsplit

RULE = 1
"""Of what is left out. Raised when it changes, so that keys by an older one are known and made anew."""
LONGEST = 4000
_KNOWN = """
fbclid gclid gclsrc dclid gbraid wbraid msclkid yclid twclid ttclid li_fat_id igshid igsh mc_cid mc_eid _ga
_gl
_hsenc _hsmi __hstc __hssc __hsfp hsctatracking mkt_tok oly_anon_id oly_enc_id vero_id vero_conv fb_action_ids
fb_action_types fb_ref fb_source ref_src ref_url __twitter_impression guccounter guce_referrer
guce_referrer_sig wt_mc wt_zmc wt.mc_id xtor cmpid cmp ocid smid smtyp s_cid icid ito wprov srnd taid usqp
amp_js_v amp_gsa
pk_campaign pk_cid pk_content pk_kwd pk_keyword pk_medium pk_source pk_vid
ns_campaign ns_fee ns_linkname ns_mchannel ns_source
at_bbc_team at_campaign at_campaign_type at_creation at_custom1 at_custom2 at_custom3 at_custom4 at_emailtype
at_format at_link_id at_link_origin at_link_type at_medium at_network at_ptr_name at_recipient_id
at_recipient_list at_send_date at_term at_type at_variant
"""
FOLLOWING = frozenset(_KNOWN.split())
"""Parameters of which it is known that they follow readers about and name nothing."""
_FOLLOWING = re.compile(r"(?:utm|mtm|piwik|matomo|itm)_\w+", re.IGNORECASE)
_COPIES = re.compile(r"(?:www\d?|m|mobile|amp)\.(?=[^.]+\.[^.])")
_CACHED = re.compile(r"/(?:amp|[acv])/(?:s/)?(?P<address>[^/]+\.[^/]+/.*)")
_AMP_END = re.compile(r"[./]amp(?=(?:\.html?)?$)")
_SAFE = "~!$&'()*+,;=:@-._"


def address_key(address: str) -> str:
    """64 hexadecimal digits, the same for all addresses of one article; empty for what is no web address, and
    for that of a whole site, which is of no article."""
    told = comparable(address)
    if not told or is_of_a_site(told):
        return ""
    return sha256(told.encode("utf-8", "surrogatepass")).hexdigest()


def is_of_a_site(comparable_address: str) -> bool:
    """Whether there is nothing behind the host."""
    return bool(comparable_address) and not set("/?#") & set(comparable_address)


def comparable(address: str) -> str:
    """The address as it is compared: host, path and what is left of the query; empty for no web address."""
    try:
        parts = urlsplit(address.strip()[:LONGEST])
        host, port = _host(parts), parts.port
    except ValueError:
        return ""
    if parts.scheme.lower() not in ("http", "https") or not host:
        return ""
    cached = _out_of_a_cache(host, parts)
    if cached:
        return comparable(cached)
    named = host if port in (None, 80, 443) else f"{host}:{port}"
    query = _query(parts.query)
    hashbang = f"#{parts.fragment}" if parts.fragment.startswith("!") else ""
    return named + _path(parts.path) + (f"?{query}" if query else "") + hashbang


def cited(address: str) -> str:
    """The address as a reference gives it: without the parameters that only follow readers about; all else,
    also what is no web address, as it came."""
    before, mark, rest = address.partition("?")
    query, hash_, fragment = rest.partition("#")
    if not mark or "#" in before or not re.match(r"https?://", before, re.IGNORECASE):
        return address
    pairs = query.split("&")
    kept = [pair for pair in pairs if _names(unquote_plus(pair.partition("=")[0]), "")]
    return address if kept == pairs else before + ("?" + "&".join(kept) if kept else "") + hash_ + fragment


def _host(parts: SplitResult) -> str:
    host = (parts.hostname or "").rstrip(".")
    try:
        host = host.encode("idna").decode("ascii").lower()
    except UnicodeError:
        host = host.lower()
    for _ in range(2):
        host = _COPIES.sub("", host, count=1) if _COPIES.match(host) else host
    return host


def _out_of_a_cache(host: str, parts: SplitResult) -> str:
    """The address that a cache of AMP copies has under one of its own; empty for any other."""
    if host != "google.com" and not host.endswith(".cdn.ampproject.org"):
        return ""
    match = _CACHED.fullmatch(parts.path)
    return f"https://{match['address']}" + (f"?{parts.query}" if parts.query else "") if match else ""


def _path(path: str) -> str:
    segments: list[str] = []
    for segment in path.split("/"):
        if segment == "..":
            del segments[-1:]
        elif segment not in ("", "."):
            # A slash that was written %2F is none between segments, before as after.
            segments.append(quote(unquote_to_bytes(segment), safe=_SAFE))
    if len(segments) > 1 and segments[0] == "amp":
        del segments[0]
    if len(segments) > 1 and segments[-1] == "amp":
        del segments[-1]
    if segments:
        segments[-1] = _AMP_END.sub("", segments[-1]) or segments[-1]
    return "".join(f"/{segment}" for segment in segments)


def _query(query: str) -> str:
    """What may name the article, sorted by name; values of one name in their order."""
    kept = [(name, value) for name, value in parse_qsl(query, keep_blank_values=True) if _names(name, value)]
    return "&".join(
        f"{quote_plus(name)}={quote_plus(value)}" for name, value in sorted(kept, key=lambda pair: pair[0])
    )


def _names(name: str, value: str) -> bool:
    small = name.lower()
    if small == "amp" or (small == "outputtype" and value.lower() == "amp"):
        return False
    return small not in FOLLOWING and not _FOLLOWING.fullmatch(name)
