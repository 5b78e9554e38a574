"""What an intake asks of a table's columns, and the answer."""

from drf_spectacular.utils import OpenApiExample
from rest_framework import serializers

from annotator.intents.columns import FIELDS, MARKUPS, MOST_COLUMNS, ORDERS
from annotator.queries.asked_columns import ENCODINGS

from .intake import Intake
from .values import Shape, one_of

_ORDER = "Of figures such as 03/04/2025; empty where nobody said it: such dates are refused."
_MARKUP = "What the text’s cells hold; empty for what each shows itself."


class AskedTable(Shape):
    name = serializers.CharField()
    names = serializers.ListField(child=serializers.CharField(), help_text="Of all its columns.")
    encoding = serializers.CharField(help_text="That it was read as.")
    guessed = serializers.CharField(allow_blank=True, help_text="What was guessed, for people.")
    separator = serializers.CharField(allow_blank=True)
    looked_at = serializers.IntegerField(min_value=0, help_text="Rows.")


class AskedColumn(Shape):
    name = serializers.CharField()
    filled = serializers.IntegerField(min_value=0, help_text="Rows that fill it, of those looked at.")
    length = serializers.FloatField(help_text="Of its cells on average, in code points.")
    shown = serializers.ListField(child=serializers.CharField(), help_text="Some cells, cut short.")
    html = serializers.BooleanField()


class AskedRow(Shape):
    where = serializers.CharField()
    cells = serializers.DictField(child=serializers.CharField(), help_text="By column; cut short.")


class ColumnFault(Shape):
    where = serializers.CharField(allow_blank=True)
    why = serializers.CharField()


class ColumnsMeant(Shape):
    columns = serializers.DictField(
        child=serializers.CharField(), help_text=f"Which column holds what: {', '.join(FIELDS)}."
    )
    order = one_of(*ORDERS, help_text=_ORDER)
    outlet = serializers.CharField(allow_blank=True, help_text="Of rows that do not tell their own.")
    language = serializers.CharField(allow_blank=True, help_text="Of rows that do not tell their own.")
    markup = one_of(*MARKUPS, help_text=_MARKUP)
    encoding = serializers.CharField(allow_blank=True)


class ColumnsAsked(Shape):
    table = AskedTable(allow_null=True, help_text="Null where nothing is left to be asked.")
    columns = AskedColumn(many=True)
    rows = AskedRow(many=True, help_text="The first five.")
    proposed = ColumnsMeant(allow_null=True)
    unclear = serializers.ListField(
        child=serializers.CharField(), help_text="Dates of which nobody can tell the day from the month."
    )
    faults = ColumnFault(many=True, help_text="Of rows that would be refused as proposed, the first five.")


class ColumnMappingShape(Shape):
    uuid = serializers.UUIDField()
    names = serializers.ListField(child=serializers.CharField(), help_text="Of all the columns.")
    meant = ColumnsMeant(allow_null=True, help_text="Null where it can no longer be read: it is asked again.")
    by = serializers.CharField()
    at = serializers.DateTimeField()
    version = serializers.IntegerField(min_value=1)


class ColumnMappingSent(Shape):
    columns = serializers.DictField(
        child=serializers.CharField(), help_text=f"Of {', '.join(FIELDS)}; `text` is needed."
    )
    order = one_of(*ORDERS, required=False, help_text=_ORDER)
    outlet = serializers.CharField(required=False, allow_blank=True, max_length=200)
    language = serializers.CharField(required=False, allow_blank=True, max_length=35)
    markup = one_of(*MARKUPS, required=False, help_text=_MARKUP)
    encoding = serializers.CharField(
        required=False, allow_blank=True, max_length=40, help_text="Of tables that do not show theirs."
    )


class ColumnsSent(Shape):
    names = serializers.ListField(
        child=serializers.CharField(),
        min_length=1,
        max_length=MOST_COLUMNS,
        help_text="As `table` tells.",
    )
    columns = serializers.DictField(
        child=serializers.CharField(), help_text=f"Of {', '.join(FIELDS)}; `text` is needed."
    )
    order = one_of(*ORDERS, required=False, help_text=_ORDER)
    outlet = serializers.CharField(required=False, allow_blank=True, max_length=200)
    language = serializers.CharField(required=False, allow_blank=True, max_length=35)
    markup = one_of(*MARKUPS, required=False, help_text=_MARKUP)
    encoding = one_of(
        "", *ENCODINGS, required=False, help_text="As asked with: of one table alone, where it was said."
    )


class ColumnsAnswered(Shape):
    over = serializers.BooleanField(help_text="Whether nothing is left to be asked: a worker takes it in.")
    intake = Intake()


A_MAPPING = OpenApiExample(
    "Headlines and bodies", {"columns": {"title": "Headline", "text": "Body"}}, request_only=True
)
AN_ANSWER = OpenApiExample(
    "Headlines and bodies",
    {
        "names": ["Headline", "Body", "Day"],
        "columns": {"title": "Headline", "text": "Body", "published": "Day"},
        "order": "day",
    },
    request_only=True,
)
