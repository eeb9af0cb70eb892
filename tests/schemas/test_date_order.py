"""Day or month first: what decides, that it is named, and that nothing is decided without."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from schemas import date_order, timeline, zones
from schemas.date_order import DateOrder, evidence, exchanged, order_of, settle, two_readings
from schemas.entry_context import context_at, context_for
from schemas.incident import Event, Incident, OtherSection, Sections, Stated
from schemas.policy import Policy
from schemas.when import Context, NotATime, read_time

EAT = timezone(timedelta(hours=3))
DAY_FIRST, MONTH_FIRST = Policy(dates="day-first"), Policy(dates="month-first")


def context(incident: Incident, policy: Policy | None = None) -> Context:
    story = timeline.build(incident)
    return context_for(incident, story, date(2024, 12, 1), policy=policy or Policy())


class TestTheWordsOfTheDocument:
    @pytest.mark.parametrize(
        ("text", "order"),
        [
            ("on 14/04/2024 it began", True),
            ("on 04/14/2024 it began", False),
            ("14-04-2024", True),
            ("4/21/23-4/25/23 outage", False),
            ("from 5-26-21 on", False),
            ("10/04/2024", None),
            ("13/13/2024", None),
            ("24/07/25", None),
            ("14/20 nodes, 14/04 passes", None),
            ("2024-04-14 and 14 April 2024", None),
            ("https://x.example/14/04/2024/a", None),
            ("1.14.2024 released", None),
            ("no figures at all", None),
        ],
    )
    def test_a_date_that_can_be_read_in_one_way_decides(self, text: str, order: bool | None) -> None:
        assert settle(evidence([text])).day_first is order

    @pytest.mark.parametrize(
        "incident",
        [
            Incident(title="Outage of 14/04/2024"),
            Incident(sections=Sections(root_cause="The change of 14/04/2024.")),
            Incident(other_sections=(OtherSection(id="o1", heading="Notes", body="14/04/2024"),)),
            Incident(stated=(Stated(what="start", value="14/04/2024 10:00"),)),
            Incident(events=(Event(id="a", text="rolled back the change of 14/04/2024"),)),
            Incident(events=(Event(id="a", at=date(2024, 4, 14), as_written="14/04/2024"),)),
        ],
    )
    def test_it_may_stand_anywhere(self, incident: Incident) -> None:
        assert order_of(incident) == DateOrder(True, "as in 14/04/2024")
        known = context(incident)
        reading = read_time("10/05/2023", known)
        assert (reading.at, reading.assumed) == (date(2023, 5, 10), "day first, as in 14/04/2024")
        assert reading.as_written == "10/05/2023"

    def test_it_is_stronger_than_what_was_agreed(self) -> None:
        assert order_of(Incident(title="14/04/2024"), MONTH_FIRST).day_first is True

    def test_evidence_that_contradicts_itself_decides_nothing(self) -> None:
        incident = Incident(title="14/04/2024 to 04/15/2024")
        assert order_of(incident, DAY_FIRST).day_first is None
        with pytest.raises(
            NotATime, match=r"14/04/2024 and 04/15/2024 contradict each other.*2023-05-10 or 2023-10-05"
        ):
            read_time("10/05/2023", context(incident, DAY_FIRST))


class TestTheAgreement:
    @pytest.mark.parametrize(("policy", "day"), [(DAY_FIRST, date(2023, 5, 10)), (MONTH_FIRST, date(2023, 10, 5))])
    def test_it_decides_where_nothing_else_does(self, policy: Policy, day: date) -> None:
        reading = read_time("10/05/2023", context(Incident(), policy))
        assert reading.at == day
        assert reading.assumed.endswith("first, as postmortem.toml says")

    def test_without_one_both_dates_are_asked_about(self) -> None:
        with pytest.raises(NotATime, match="2023-05-10 or 2023-10-05"):
            read_time("10/05/2023", context(Incident()))


class TestTheDaysAround:
    STORY = Incident(
        events=(Event(id="a", at=datetime(2024, 4, 2, 9, 0)), Event(id="b", at=datetime(2024, 4, 4, 9, 0)))
    )

    def test_the_reading_that_lies_next_to_them_is_taken(self) -> None:
        reading = read_time("03/04/2024 10:00", context(self.STORY))
        assert reading.at == datetime(2024, 4, 3, 10, 0)
        assert reading.assumed == "day first, as it lies next to 4 April 2024"

    def test_a_day_that_the_document_names_decides(self) -> None:
        incident = Incident(sections=Sections(summary="On October 4, 2024 the gateway failed."))
        reading = read_time("10/04/2024", context(incident))
        assert (reading.at, reading.assumed) == (date(2024, 10, 4), "month first, as 4 October 2024 is named")

    def test_it_is_stronger_than_what_was_agreed(self) -> None:
        assert read_time("03/04/2024", context(self.STORY, MONTH_FIRST)).at == date(2024, 4, 3)

    def test_both_readings_close_by_or_none_decide_nothing(self) -> None:
        near = Incident(sections=Sections(summary="From 10 April 2024 to 4 October 2024."))
        for incident in (near, Incident(sections=Sections(summary="In 2023, on 3 May 2023."))):
            with pytest.raises(NotATime, match="2024-04-10 or 2024-10-04"):
                read_time("10/04/2024", context(incident))

    def test_a_story_without_dates_has_none(self) -> None:
        undated = Context(after=datetime(4, 1, 1, 23, 0), undated=True)
        with pytest.raises(NotATime, match="0004-01-03 or 0004-03-01"):
            read_time("03/01/0004", undated)

    def test_short_ones_too(self) -> None:
        assert read_time("4/3", context(self.STORY)).at == date(2024, 4, 3)


class TestTheZoneBehind:
    @pytest.mark.parametrize(
        ("text", "day", "why"),
        [
            ("03/11/2021 10:00 PDT", date(2021, 11, 3), "day first, as PDT was in force then"),
            ("03/11/2021 10:00 PST", date(2021, 3, 11), "month first, as PST was in force then"),
            ("01/07/2023, 2 pm CEST", date(2023, 7, 1), "day first, as CEST was in force then"),
        ],
    )
    def test_the_day_on_which_it_was_in_force_is_taken(self, text: str, day: date, why: str) -> None:
        reading = read_time(text, Context())
        assert isinstance(reading.at, datetime)
        assert (reading.at.date(), reading.assumed, reading.as_written) == (day, why, text)

    @pytest.mark.parametrize("text", ["03/04/2021 10:00 UTC", "06/07/2021 10:00 PDT", "06/07/2021 10:00 PT"])
    def test_one_that_was_in_force_on_both_decides_nothing(self, text: str) -> None:
        with pytest.raises(NotATime, match=" can be "):
            read_time(text, Context())


def test_an_event_that_is_corrected_is_read_by_the_same_evidence() -> None:
    incident = Incident(title="14/04/2024", events=(Event(id="a", at=datetime(2023, 5, 10, 9, 0)),))
    known = context_at(incident, timeline.build(incident), None, "a")
    assert (known.day_first, known.day_first_why) == (True, "as in 14/04/2024")


def test_typing_in_one_place_does_not_look_at_the_others_again(monkeypatch: pytest.MonkeyPatch) -> None:
    events = tuple(Event(id=f"e{number}", text=f"step {number} of 14/04/2024") for number in range(50))
    incident = Incident(title="long one", events=events, sections=Sections(summary="It began on 14/04/2024."))
    order_of(incident)
    looked: list[str] = []
    real = date_order.evidence_in

    def counted(text: str) -> date_order.Evidence:
        looked.append(text)
        return real(text)

    monkeypatch.setattr(date_order, "evidence_in", counted)
    order_of(incident.changed(sections=Sections(summary="It began on 14/04/2024.", impact="All of 2024")))
    assert looked == ["long one", "All of 2024"]
    looked.clear()
    order_of(incident.model_copy(update={"events": (*events[:7], Event(id="n", text="new one"), *events[7:])}))
    assert looked == ["long one", "new one"]


class TestTheOtherWay:
    def test_day_and_month_are_exchanged(self) -> None:
        event = Event(id="a", at=datetime(2024, 4, 10, 9, 0, tzinfo=EAT), as_written="10/04/2024 9:00 AM", text="x")
        there = exchanged(event)
        assert there is not None
        assert there.at == datetime(2024, 10, 4, 9, 0, tzinfo=EAT)
        assert (there.as_written, there.text) == (event.as_written, "x")

    def test_the_clock_keeps_to_the_zones_own_offset(self) -> None:
        paris = zones.resolve("Europe/Paris")
        event = Event(
            id="a", at=datetime(2024, 12, 1, 9, 0, tzinfo=timezone(timedelta(hours=1))), as_written="1/12/2024"
        )
        there = exchanged(event, paris)
        assert there is not None
        assert there.at == datetime(2024, 1, 12, 9, 0, tzinfo=timezone(timedelta(hours=1)))
        summer = event.changed(
            at=datetime(2024, 1, 7, 9, 0, tzinfo=timezone(timedelta(hours=1))), as_written="1/7/2024"
        )
        there = exchanged(summer, paris)
        assert there is not None
        assert there.at == datetime(2024, 7, 1, 9, 0, tzinfo=timezone(timedelta(hours=2)))

    def test_the_other_end_moves_along(self) -> None:
        event = Event(
            id="a", at=datetime(2024, 4, 3, 9, 0), until=datetime(2024, 4, 3, 10, 0), as_written="03/04/2024 9:00-10:00"
        )
        there = exchanged(event)
        assert there is not None
        assert (there.at, there.until) == (datetime(2024, 3, 4, 9, 0), datetime(2024, 3, 4, 10, 0))

    @pytest.mark.parametrize(
        "event",
        [
            Event(id="a"),
            Event(id="a", at=date(2024, 4, 10)),
            Event(id="a", as_written="10/04/2024"),
            Event(id="a", at=date(2024, 4, 14), as_written="14/04/2024"),
            Event(id="a", at=date(2024, 4, 4), as_written="04/04/2024"),
            Event(id="a", at=date(2024, 5, 2), as_written="10/04/2024"),
            Event(id="a", at=date(2024, 4, 10), as_written="2024-04-10"),
        ],
    )
    def test_nothing_to_exchange(self, event: Event) -> None:
        assert exchanged(event) is None

    @given(st.dates(), st.sampled_from("/-."), st.booleans())
    def test_twice_is_the_event_itself(self, day: date, sign: str, short: bool) -> None:
        year = f"{day.year % 100:02d}" if short else f"{day.year:04d}"
        event = Event(id="a", at=day, as_written=f"{day.day:02d}{sign}{day.month:02d}{sign}{year}")
        there = exchanged(event)
        if there is not None:
            assert there != event
            assert exchanged(there) == event
        elif not short:
            assert day.day > 12 or day.day == day.month

    @given(st.text("0123456789/-. ", max_size=40))
    def test_any_words(self, words: str) -> None:
        exchanged(Event(id="a", at=date(2024, 4, 10), as_written=words))
        settle(evidence([words]))
        found = two_readings(words)
        assert found is None or found[1] != found[2]


def test_a_context_without_a_reason_says_as_elsewhere() -> None:
    assert read_time("10/04/2024", replace(Context(), day_first=True)).assumed == "day first, as elsewhere"
