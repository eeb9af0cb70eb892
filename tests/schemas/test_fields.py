"""What may be typed into each field, what it means, and what is said where it cannot be taken."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from schemas import incident as models
from schemas import zones
from schemas.field_values import FieldError
from schemas.fields import FIELDS
from schemas.incident import KINDS, MILESTONES, Incident
from schemas.moments import margin_length
from schemas.readings import Context

EAT = timezone(timedelta(hours=3))
NAIROBI = Context(
    zones.resolve("Africa/Nairobi"), "Africa/Nairobi", datetime(2024, 5, 2, 23, 0), datetime(2024, 5, 2, 12, 0),
    date(2024, 5, 6),
)  # fmt: skip
"""Monday 6 May 2024; the event before was on 2 May at 23:00, the first at 12:00."""


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2024, 5, day, hour, minute, tzinfo=EAT)


TAKEN: list[tuple[str, str, Any]] = [
    ("incident.title", "  Login down ", "Login down"),
    ("incident.title", "[/b] 日本 👩‍🚒", "[/b] 日本 👩‍🚒"),
    ("incident.status", "In Review", "in-review"),
    ("incident.status", "review", "in-review"),
    ("incident.status", "app", "approved"),
    ("incident.severity", "sev2", "SEV2"),
    ("incident.severity", "SEV-2", "SEV2"),
    ("incident.severity", "Sev 2", "SEV2"),
    ("incident.severity", "S2", "SEV2"),
    ("incident.severity", "2", "SEV2"),
    ("incident.zone", "africa/nairobi", "Africa/Nairobi"),
    ("incident.zone", "america/new york", "America/New_York"),
    ("incident.zone", "utc", "UTC"),
    ("incident.zone", "GMT", "UTC"),
    ("incident.zone", "utc+3", "UTC+3"),
    ("incident.zone", "+05:30", "+05:30"),
    ("incident.owner", "Ana Lima", "Ana Lima"),
    ("incident.authors", "Ana, Bo,, Ana ,", ("Ana", "Bo")),
    ("incident.authors", '"Lima, Ana", Bo', ("Lima, Ana", "Bo")),
    ("incident.services", "login", ("login",)),
    ("event.at", "02:00", at(3, 2)),
    ("event.at", "2024-05-02T09:00:00+03:00", at(2, 9)),
    ("event.at", "2024-05-02", date(2024, 5, 2)),
    ("event.at", "?", None),
    ("event.text", "one\r\ntwo\x1b[31m", "one\ntwo␛[31m"),
    ("event.milestones", "detected, ack", ("detected", "acknowledged")),
    ("event.milestones", "!resolved !start", ("resolved", "impact-start")),
    ("event.milestones", "detected detected", ("detected",)),
    ("event.kind", "#act", "action"),
    ("event.kind", "false lead", "false-lead"),
    ("event.kind", "page", "alert"),
    ("event.until", "23:30", at(2, 23, 30)),
    ("event.until", "01:00", at(3, 1)),
    ("event.about", "Yes", True),
    ("event.about", "no", False),
    ("event.margin", "15m", "15m"),
    ("event.margin", "± 15 min", "15min"),
    ("event.margin", "2 hours", "2h"),
    ("event.margin", "1h30m", "90m"),
    ("event.margin", "half a minute", "30s"),
    ("event.links", "https://a.example/x, OPS-12\n#7", ("https://a.example/x", "OPS-12", "#7")),
    ("event.audience", "Internal", "internal"),
    ("impact.amount", "1,234", 1234),
    ("impact.amount", "1 234 567", 1234567),
    ("impact.amount", "12.5", 12.5),
    ("impact.amount", "75%", 75.0),
    ("impact.amount", "1.1k", 1100),
    ("impact.amount", "2 million", 2_000_000),
    ("impact.total", "0", 0),
    ("action.due", "2023-07-31", date(2023, 7, 31)),
    ("action.due", "July 31, 2023", date(2023, 7, 31)),
    ("action.due", "by July 31, 2023", date(2023, 7, 31)),
    ("action.due", "31.07.2023", date(2023, 7, 31)),
    ("action.due", "July 31", date(2024, 7, 31)),
    ("action.due", "3 May", date(2025, 5, 3)),
    ("action.due", "6 May", date(2024, 5, 6)),
    ("action.due", "+14d", date(2024, 5, 20)),
    ("action.due", "in 2 weeks", date(2024, 5, 20)),
    ("action.due", "tomorrow", date(2024, 5, 7)),
    ("action.due", "friday", date(2024, 5, 10)),
    ("action.due", "next friday", date(2024, 5, 10)),
    ("action.due", "next Monday", date(2024, 5, 13)),
    ("action.due", "Fri 10 May", date(2024, 5, 10)),
    ("action.type", "Prevention", "prevent"),
    ("action.priority", "p1", "P1"),
    ("action.priority", "1", "P1"),
    ("action.status", "in progress", "in-progress"),
    ("action.status", "wip", "in-progress"),
    ("action.link", "https://tracker.example/OPS-1?x=1#c", "https://tracker.example/OPS-1?x=1#c"),
    ("action.link", "http://grafana/d/abc", "http://grafana/d/abc"),
    ("action.link", "OPS-123", "OPS-123"),
    ("action.link", "#123", "#123"),
    ("action.link", "team/app#12", "team/app#12"),
    ("action.link", "team/app!12", "team/app!12"),
    ("stated.duration", "about 4 hours", {"minutes": 240, "about": True}),
    ("stated.duration", "2 and half hours", {"minutes": 150, "about": False}),
    ("stated.duration", "under 3 hours", {"minutes": 180, "about": True}),
    ("stated.start", "14:00", {"at": at(2, 14), "about": False}),
    ("stated.end", "~10:00", {"at": at(2, 10), "about": True}),
    ("stated.minutes", "45s", 0.75),
    ("stated.at", "13:00", at(3, 13)),
    ("stated.what", "duration", "duration"),
]


@pytest.mark.parametrize(("key", "text", "value"), TAKEN, ids=[f"{key}={text!r}" for key, text, _ in TAKEN])
def test_what_a_field_takes(key: str, text: str, value: Any) -> None:
    spec = FIELDS[key]
    found = spec.parse(text, NAIROBI)
    assert found == value
    assert type(found) is type(value)
    assert spec.parse(spec.format(found, NAIROBI), NAIROBI) == found


REFUSED = [
    ("incident.title", "two\nlines", "take the line break out"),
    ("incident.title", "two\u2028lines", "take the line break out"),
    ("incident.title", "red \x1b[31m", "control character"),
    ("incident.owner", "Ana\nBo", "take the line break out"),
    ("incident.owner", "Ana\u202eoB", "control character"),
    ("incident.authors", "Ana\nBo", "take the line break out"),
    ("incident.severity", "high", "SEV0, SEV1, SEV2"),
    ("incident.severity", "SEV9", "SEV0, SEV1, SEV2"),
    ("incident.status", "done", "draft, in-review, approved, published"),
    ("incident.zone", "CST", "America/Chicago or Asia/Shanghai or America/Havana"),
    ("incident.zone", "PST", "write America/Los_Angeles"),
    ("incident.zone", "Nairobi", "did you mean Africa/Nairobi?"),
    ("incident.zone", "Europe/Pariss", "did you mean Europe/Paris?"),
    ("incident.zone", "Amrica/New_York", "America/New_York"),
    ("incident.zone", "Qqq/Zzz", "such as Africa/Nairobi"),
    ("incident.zone", "../../etc/passwd", "such as Africa/Nairobi"),
    ("event.at", "14:05-14:20", "“until”"),
    ("event.at", "~14:05", "“about”"),
    ("event.at", "14:05 CST", "Chicago, Shanghai and Havana"),
    ("event.at", "10/04/2024", "2024-04-10 or 2024-10-04"),
    ("event.at", "soon", "write it as 14:05"),
    ("event.milestones", "detected, fixd", "impact-start, detected"),
    ("event.milestones", "d", "detected or declared"),
    ("event.kind", "a", "alert or action"),
    ("event.kind", "party", "alert, action, decision"),
    ("event.about", "maybe", "yes or no"),
    ("event.margin", "a bit", "15m or 2h"),
    ("event.margin", "1-2h", "one length"),
    ("event.margin", "over 2h", "one length"),
    ("event.links", "https://a.example see below", "“see” is no link"),
    ("impact.amount", "many", "1,234 or 12.5"),
    ("impact.amount", "-3", "is no number"),
    ("impact.amount", "1,5", "two ways"),
    ("impact.amount", "9" * 30, "too large"),
    ("impact.amount", "1e300", "too large"),
    ("action.due", "10/04/2024", "2024-04-10 or 2024-10-04"),
    ("action.due", "2024-05-31 14:00", "write 2024-05-31"),
    ("action.due", "Sat 2 May 2024", "was a Thursday"),
    ("action.due", "+3h", "+14d or +2w"),
    ("action.due", "+3000000d", "beyond the year 9999"),
    ("action.due", "2024-02-30", "has no day 30"),
    ("action.due", "soon", "2024-05-31"),
    ("action.due", "?", "is no day"),
    ("action.type", "magic", "prevent, mitigate"),
    ("action.priority", "urgent", "P0, P1"),
    ("action.status", "maybe", "open, in-progress, done, dropped"),
    ("action.link", "see the wiki", "no spaces"),
    ("action.link", "wiki.example/page", "write https://wiki.example/page"),
    ("action.link", "wiki", "OPS-123"),
    ("action.link", "javascript:alert(1)", "is no link"),
    ("action.link", "https://", "is no link"),
    ("stated.duration", "long", "2 hours"),
    ("stated.start", "early", "write it as 14:05"),
    ("stated.what", " ", "cannot be empty"),
    ("other_section.heading", "", "cannot be empty"),
]


@pytest.mark.parametrize(("key", "text", "advice"), REFUSED, ids=[f"{key}={text[:30]!r}" for key, text, _ in REFUSED])
def test_what_a_field_refuses_says_what_would_be_right(key: str, text: str, advice: str) -> None:
    with pytest.raises(FieldError) as caught:
        FIELDS[key].parse(text, NAIROBI)
    assert advice in str(caught.value)


def test_a_due_date_in_days_needs_to_know_today() -> None:
    with pytest.raises(FieldError, match="what day is today"):
        FIELDS["action.due"].parse("+3d")


MODEL_OF: dict[str, type[models.Model]] = {
    "incident": models.Incident, "event": models.Event, "impact": models.Impact, "factor": models.Factor,
    "action": models.Action, "stated": models.Stated, "comment": models.Comment,
    "other_section": models.OtherSection,
}  # fmt: skip
KEYS = sorted(FIELDS)
OF_ITEMS = [key for key in KEYS if key not in ("stated.start", "stated.end", "stated.duration", "stated.what",
            "other_section.heading")]  # fmt: skip


class TestEveryField:
    @pytest.mark.parametrize("key", KEYS)
    def test_it_says_what_belongs_there(self, key: str) -> None:
        spec = FIELDS[key]
        assert spec.key == key
        assert spec.label
        assert spec.help.endswith(".")
        assert len(spec.help) < 100

    @pytest.mark.parametrize("key", OF_ITEMS)
    def test_empty_is_the_models_default_and_reads_back(self, key: str) -> None:
        spec = FIELDS[key]
        model = MODEL_OF[key.partition(".")[0]]
        default = model.model_fields[spec.name].get_default(call_default_factory=True)
        assert spec.parse("") == spec.parse(" \t ") == default
        assert spec.parse(spec.format(default)) == default

    @pytest.mark.parametrize("key", KEYS)
    def test_its_choices_are_right(self, key: str) -> None:
        spec = FIELDS[key]
        choices = spec.choices() if spec.choices is not None else ()
        assert choices or spec.choices is None
        for choice in choices[:: max(1, len(choices) // 20)]:
            value = spec.parse(choice)
            assert value in (choice, (choice,), choice == "yes")

    def test_every_field_of_the_forms_lists_is_there(self) -> None:
        for name, model in MODEL_OF.items():
            if name in ("event", "impact", "factor", "action"):
                assert {f"{name}.{field}" for field in model.model_fields if field != "id"} <= FIELDS.keys()

    def test_the_incident_takes_what_its_fields_give(self) -> None:
        incident = Incident()
        for key, text, value in TAKEN:
            model, _, name = key.partition(".")
            if model == "incident":
                incident = incident.changed(**{name: FIELDS[key].parse(text)})
                assert getattr(incident, name) == value


class TestFieldsThatSayMore:
    def test_a_time_with_all_that_belongs_to_it(self) -> None:
        assert FIELDS["event.at"].changes("~23:30-23:50", NAIROBI) == {
            "at": at(2, 23, 30), "until": at(2, 23, 50), "about": True}  # fmt: skip

    def test_an_amount_with_its_unit_and_whole(self) -> None:
        changes = FIELDS["impact.amount"].changes
        assert changes("75%") == {"amount": 75.0, "unit": "%"}
        assert changes("~1,200 users") == {"amount": 1200, "unit": "users", "about": True}
        assert changes("18 of 24 developers") == {"amount": 18, "total": 24, "unit": "developers"}
        assert changes("") == {"amount": None}

    def test_others_set_their_own_field(self) -> None:
        assert FIELDS["action.owner"].changes(" Ana ") == {"owner": "Ana"}
        assert FIELDS["event.at"].changes("", NAIROBI) == {"at": None}
        assert FIELDS["stated.duration"].changes("4 hours") == {"minutes": 240, "about": False}


class TestTimesOfAnEvent:
    def test_a_corrected_clock_keeps_its_day_and_an_end_follows_it(self) -> None:
        own = replace(NAIROBI, own=datetime(2024, 5, 4, 22, 0))
        assert FIELDS["event.at"].parse("21:00", own) == at(4, 21)
        assert FIELDS["event.until"].parse("23:00", own) == at(4, 23)
        assert FIELDS["event.until"].parse("01:00", own) == at(5, 1)
        assert FIELDS["event.latest"].parse("+30m", own) == at(4, 22, 30)

    def test_times_are_shown_in_the_zone_of_the_incident(self) -> None:
        assert FIELDS["event.at"].format(at(2, 9), NAIROBI) == "2024-05-02 09:00"
        assert FIELDS["event.at"].format(at(2, 9)) == "2024-05-02 09:00 +03:00"
        assert FIELDS["event.at"].format(None) == ""


NAMES = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cf", "Cs", "Zl", "Zp"]), min_size=1).map(
    str.strip
).filter(bool)  # fmt: skip
VALUES: dict[str, st.SearchStrategy[Any]] = {
    "incident.authors": st.lists(NAMES, unique=True).map(tuple),
    "event.milestones": st.lists(st.sampled_from(MILESTONES), unique=True).map(tuple),
    "event.kind": st.sampled_from(KINDS),
    "impact.amount": st.integers(0, 10**18) | st.floats(0, 1e18).map(float),
    "action.due": st.dates(),
    "event.at": st.none() | st.dates() | st.times() | st.datetimes() | st.datetimes(
        datetime(1, 1, 2), datetime(9999, 12, 30),
        timezones=st.integers(-840, 840).map(lambda minutes: timezone(timedelta(minutes=minutes))),
    ),
    "stated.minutes": st.none() | st.integers(0, 10**6) | st.integers(0, 10**8).map(lambda n: round(n / 1000, 3)),
    "event.margin": st.tuples(st.integers(0, 999), st.sampled_from(["s", "m", "min", "h", "d"])).map(
        lambda parts: f"{parts[0]}{parts[1]}"
    ),
    "incident.zone": st.sampled_from(zones.zone_names()),
}  # fmt: skip


@pytest.mark.parametrize("key", sorted(VALUES))
@given(data=st.data())
def test_what_is_shown_reads_back(key: str, data: st.DataObject) -> None:
    value = data.draw(VALUES[key])
    spec = FIELDS[key]
    if key == "stated.minutes" and value is not None:
        assert spec.parse(spec.format(value)) == pytest.approx(value)
    else:
        assert spec.parse(spec.format(value)) == value


TEXTS = st.text(max_size=40) | st.text("0123456789.,%-+:/ amdhk#!ABCéf\n\"'", max_size=25)
CONTEXTS = st.sampled_from(
    [Context(), NAIROBI, replace(NAIROBI, today=date.max, own=datetime.max), replace(NAIROBI, today=date.min)]
)


@given(st.sampled_from(KEYS), TEXTS, CONTEXTS)
def test_any_text_is_taken_and_reads_back_or_is_refused(key: str, text: str, context: Context) -> None:
    spec = FIELDS[key]
    try:
        value = spec.parse(text, context)
        spec.changes(text, context)
    except FieldError:
        return
    again = spec.parse(spec.format(value, context), context)
    assert again == (pytest.approx(value) if isinstance(value, float) else value)


@given(st.text(max_size=12))
def test_a_margin_that_is_taken_is_one_of_the_model(text: str) -> None:
    try:
        margin = FIELDS["event.margin"].parse(f"7{text}m")
    except FieldError:
        return
    assert margin_length(margin) is not None
