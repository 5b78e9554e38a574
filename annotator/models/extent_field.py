"""`int4multirange` as `sources.text.offsets.Extent`: where an annotation lies, in code points."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from psycopg.types.multirange import Multirange
from psycopg.types.range import Range

from sources.text.offsets import Extent


class ExtentField(models.Field):
    description = "One or more stretches of a snapshot's text"

    def db_type(self, connection: Any) -> str:
        return "int4multirange"

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Extent | None:
        return None if value is None else Extent(tuple((r.lower, r.upper) for r in value))

    def to_python(self, value: Any) -> Extent | None:
        if value is None or isinstance(value, Extent):
            return value
        try:
            return Extent.parse(value) if isinstance(value, str) else Extent(tuple(map(tuple, value)))
        except (TypeError, ValueError) as error:
            raise ValidationError(str(error)) from error

    def get_prep_value(self, value: Any) -> Any:
        if isinstance(value, Extent):
            return Multirange([Range(start, end, "[)") for start, end in value.stretches])
        return value

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        return value if prepared else self.get_prep_value(value)

    def get_placeholder(self, value: Any, compiler: Any, connection: Any) -> str:
        return "%s::int4multirange"
