"""What is refused by Django's own validators is said as intents say it, in whatever form."""

from django import forms
from django.core.validators import MaxLengthValidator

from annotator.web.forms.fields import Styled


class Asking(Styled):
    name = forms.CharField(max_length=1200, min_length=3)
    number = forms.IntegerField(min_value=1, max_value=5000)
    own = forms.CharField(validators=[MaxLengthValidator(2, message="Two letters are enough.")])
    needed = forms.CharField()


def said(**more: str) -> dict[str, list[str]]:
    form = Asking({"name": "abc", "number": "3", "own": "a", "needed": "x"} | more)
    return dict(form.errors)


def test_limits_are_said_in_our_words_and_fields_keep_their_own() -> None:
    assert said() == {}
    assert said(name="x" * 1201) == {"name": ["It has 1,201 characters, at most 1,200 are allowed."]}
    assert said(name="ab") == {"name": ["It has 2 characters, at least 3 are needed."]}
    assert said(number="0") == {"number": ["It must be 1 or more."]}
    assert said(number="5001") == {"number": ["It must be 5,000 or less."]}
    assert said(own="abc") == {"own": ["Two letters are enough."]}
    assert said(needed="") == {"needed": ["This field is required."]}


def test_the_codes_stay() -> None:
    form = Asking({"name": "abc", "number": "-1", "own": "a", "needed": "x"})
    assert [error.code for error in form.errors["number"].as_data()] == ["min_value"]
