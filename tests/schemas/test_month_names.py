"""Names of months and weekdays are known with their accents and without."""

from __future__ import annotations

import re

import pytest

from schemas import month_names
from schemas.month_names import MONTH, WEEKDAY, month_number, plain, weekday_number

MONTHS = [(form, n) for n, forms in enumerate(month_names._MONTH_FORMS, 1) for form in forms.split()]
WEEKDAYS = [(form, n) for n, forms in enumerate(month_names._WEEKDAY_FORMS) for form in forms.split()]


@pytest.mark.parametrize(("form", "number"), MONTHS)
def test_a_month_is_known_as_it_is_written_and_without_accents(form: str, number: int) -> None:
    assert month_number(form) == month_number(form.upper()) == month_number(plain(form)) == number
    assert re.fullmatch(MONTH, form)
    assert re.fullmatch(MONTH, plain(form))


@pytest.mark.parametrize(("form", "number"), WEEKDAYS)
def test_a_weekday_is_known_as_it_is_written_and_without_accents(form: str, number: int) -> None:
    assert weekday_number(form) == weekday_number(form.title()) == weekday_number(plain(form)) == number
    assert re.fullmatch(WEEKDAY, form)
    assert re.fullmatch(WEEKDAY, plain(form))
