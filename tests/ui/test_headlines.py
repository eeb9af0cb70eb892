"""The metrics in the head line: with definitions, bounds, what a number hides, and what is not known."""

from __future__ import annotations

from schemas.metrics import Measurement
from schemas.moments import HOUR, MINUTE, Duration
from schemas.profiles import Metric
from schemas.work_hours import read_hours
from tui.screens.headlines import metric_spans

RESOLVE = Metric("resolve", "resolve", "detected", "resolved")
DETECT = Metric("detect", "detect", "impact-start", "detected")


def line(*measurements: Measurement, room: int = 200) -> str:
    return "".join(text for text, _ in metric_spans(measurements, room))


def test_a_length_has_its_definition() -> None:
    assert line(Measurement(RESOLVE, Duration(HOUR, HOUR, HOUR))) == "resolve 1h 00m (detected → resolved)"


def test_an_inexact_length_has_its_bounds() -> None:
    assert "1h 00m–1h 30m (" in line(Measurement(RESOLVE, Duration(HOUR, 90 * MINUTE, HOUR)))
    about = Duration(15 * MINUTE, 25 * MINUTE, 20 * MINUTE, about=True)
    assert "about 20m (" in line(Measurement(RESOLVE, about))


def test_the_clock_is_said_where_not_every_hour_counts() -> None:
    metric = Metric("resolve", "resolve", "detected", "resolved", read_hours("Mon-Fri 10:00-17:00 Europe/London"))
    said = line(Measurement(metric, Duration(HOUR, HOUR, HOUR)))
    assert said == "resolve 1h 00m (detected → resolved, Mon-Fri 10:00-17:00 Europe/London)"


def test_a_number_that_hides_something_says_so() -> None:
    hidden = Measurement(DETECT, Duration(0, 0, 0), note="impact start and detected are the same event")
    assert line(hidden) == "detect 0m (impact → detected, same event)"


def test_what_is_unknown_is_named_when_there_is_room() -> None:
    known = Measurement(RESOLVE, Duration(HOUR, HOUR, HOUR))
    unknown = Measurement(DETECT, None, ("impact-start",))
    assert line(unknown, known) == "detect unknown (no impact start)   resolve 1h 00m (detected → resolved)"
    assert line(unknown, known, room=60) == "resolve 1h 00m (detected → resolved)"


def test_it_fits_exactly_or_not_at_all() -> None:
    known = Measurement(RESOLVE, Duration(HOUR, HOUR, HOUR))
    detected = Measurement(DETECT, Duration(MINUTE, MINUTE, MINUTE))
    both = line(detected, known)
    assert line(detected, known, room=len(both)) == both
    assert line(detected, known, room=len(both) - 1) == "resolve 1h 00m (detected → resolved)"


def test_with_nothing_known_it_says_what_to_do() -> None:
    assert "!detected" in line(Measurement(RESOLVE, None, ("detected", "resolved")))
