"""The reading room's text as elements. A text has thousands of sentences, too many for a template each."""

from django import template
from django.utils.html import format_html, format_html_join

from annotator.queries.reading import BlockView

register = template.Library()

_ELEMENTS = {"headline": "h1", "heading": "h2"}
_SENTENCE = '{}<span class="s" id="s{}" data-n="{}" data-start="{}">{}</span>'
_BLOCK = '<{0} class="block block-{1}" data-block="{2}"{4}>{3}</{0}>'


@register.simple_tag
def text_block(block: BlockView) -> str:
    """One block: each sentence is an element with one text node, its exact slice (docs/adr/0005)."""
    sentences = format_html_join("", _SENTENCE, ((s.gap, s.n, s.n, s.start, s.text) for s in block.sentences))
    way = format_html(' dir="{}"', block.direction) if block.direction else ""
    return format_html(_BLOCK, _ELEMENTS.get(block.role, "p"), block.role, block.position, sentences, way)
