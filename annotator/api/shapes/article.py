from rest_framework import serializers

from annotator.intents.article import LONGEST_TEXT, MOST_AUTHORS
from sources.models import BlockRole

_EDTF = "EDTF (ISO 8601-2), as in `2025-03-14`, `2025-03` or `2025-03-14/2025-03-16`; empty for unknown."


class Named(serializers.Serializer[None]):
    uuid = serializers.UUIDField()
    name = serializers.CharField()


class Article(serializers.Serializer[None]):
    uuid = serializers.UUIDField()
    title = serializers.CharField()
    subtitle = serializers.CharField(allow_blank=True)
    authors = serializers.ListField(child=serializers.CharField())
    outlet = Named(allow_null=True)
    original_outlet = Named(allow_null=True, help_text="Whose story it is, where this is a reprint.")
    reprint_of = serializers.UUIDField(allow_null=True, help_text="The article here that it reprints.")
    published = serializers.CharField(allow_blank=True, help_text=_EDTF)
    published_min = serializers.DateField(allow_null=True)
    published_max = serializers.DateField(allow_null=True)
    modified = serializers.CharField(allow_blank=True, help_text=_EDTF)
    section = serializers.CharField(allow_blank=True)
    language = serializers.CharField()
    url = serializers.CharField(allow_blank=True)
    archive_url = serializers.CharField(allow_blank=True)
    accessed = serializers.DateField(allow_null=True)
    lacks = serializers.ListField(
        child=serializers.CharField(), help_text="What it lacks to be cited in full."
    )
    sentences = serializers.IntegerField(min_value=0, help_text="Of its latest text.")
    claims = serializers.DictField(child=serializers.IntegerField(), help_text="By status.")
    created_at = serializers.DateTimeField()
    version = serializers.IntegerField(min_value=1)


class ArticleRecord(serializers.Serializer[None]):
    title = serializers.CharField(required=False, max_length=500)
    subtitle = serializers.CharField(required=False, allow_blank=True, max_length=1000)
    authors = serializers.ListField(
        required=False, child=serializers.CharField(max_length=200), max_length=MOST_AUTHORS
    )
    outlet = serializers.CharField(required=False, allow_blank=True, max_length=200)
    original_outlet = serializers.CharField(required=False, allow_blank=True, max_length=200)
    published = serializers.CharField(required=False, allow_blank=True, max_length=60, help_text=_EDTF)
    modified = serializers.CharField(required=False, allow_blank=True, max_length=60, help_text=_EDTF)
    section = serializers.CharField(required=False, allow_blank=True, max_length=200)
    language = serializers.CharField(required=False, max_length=35)
    url = serializers.CharField(required=False, allow_blank=True, max_length=2000)
    archive_url = serializers.CharField(required=False, allow_blank=True, max_length=2000)
    accessed = serializers.DateField(required=False, allow_null=True)


class NewArticle(ArticleRecord):
    text = serializers.CharField(max_length=LONGEST_TEXT, help_text="Lines apart by one or two line ends.")


class Text(serializers.Serializer[None]):
    uuid = serializers.UUIDField()
    number = serializers.IntegerField(min_value=1, help_text="Among the texts of its article.")
    sha256 = serializers.CharField(help_text="Of the text as UTF-8.")
    length = serializers.IntegerField(min_value=1, help_text="In Unicode code points.")
    method = serializers.CharField()
    extractor = serializers.CharField()
    extractor_version = serializers.CharField()
    captured_at = serializers.DateTimeField()
    file_name = serializers.CharField(required=False, allow_blank=True)
    raw_sha256 = serializers.CharField(
        required=False, allow_blank=True, help_text="Of the bytes that it was read from."
    )
    raw_size = serializers.IntegerField(
        required=False, allow_null=True, min_value=0, help_text="How many bytes these are."
    )


class Cut(serializers.Serializer[None]):
    segmenter = serializers.CharField()
    version = serializers.CharField()


class FullText(Text):
    article = serializers.UUIDField()
    language = serializers.CharField()
    segmentation = Cut(allow_null=True)
    text = serializers.CharField()


class TakenIn(serializers.Serializer[None]):
    outcome = serializers.ChoiceField(["new", "known", "reprint", "changed"])
    note = serializers.CharField(allow_blank=True)
    article = Article()
    text = Text()


class Sentence(serializers.Serializer[None]):
    uuid = serializers.UUIDField()
    number = serializers.IntegerField(min_value=1)
    start = serializers.IntegerField(min_value=0)
    end = serializers.IntegerField(min_value=1)
    text = serializers.CharField()
    block = serializers.IntegerField(min_value=0, help_text="Position of the part that it stands in.")
    masked = serializers.BooleanField()


class TextPart(serializers.Serializer[None]):
    position = serializers.IntegerField(min_value=0)
    start = serializers.IntegerField(min_value=0)
    end = serializers.IntegerField(min_value=1)
    role = serializers.ChoiceField(BlockRole.choices)
    masked = serializers.BooleanField()
    reason = serializers.CharField(allow_blank=True)
    repeats = serializers.IntegerField(allow_null=True, help_text="Position of the part that it repeats.")
    version = serializers.IntegerField(min_value=1)
