"""The incidents that ship with the program: each one loads, is canonical, and keeps the facts it was written from.

Their faults are kept on purpose: a missing zone, a season that contradicts the date, a length that the timeline does
not bear out. A change that "repairs" one of them takes away what it shows.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import Final

import pytest

from schemas import timeline, toml_file, zones
from schemas.incident import (
    ACTION_STATUSES,
    ACTION_TYPES,
    ITEM_LISTS,
    KINDS,
    MILESTONES,
    PRIORITIES,
    SEVERITIES,
    Incident,
)  # fmt: skip
from schemas.moments import HOUR
from schemas.sections import SECTION_KEYS, STATUSES, canonical_key
from tests.samples import (
    ACCOUNTS,
    ALL,
    DEV_SERVER,
    FOLDER,
    HARDWARE,
    NEW,
    PRIMARY,
    SHOP,
    WRITTEN,
    event,
    measured,
    sample,
    stated,
    text_of,
    with_milestone,
)  # fmt: skip

EAT: Final = timezone(timedelta(hours=3))


def clocks(name: str) -> list[str]:
    """The wall clocks of the dated events, in the order of the file."""
    return [f"{each.at:%d %H:%M}" for each in sample(name).events if isinstance(each.at, datetime)]


class TestEverySample:
    def test_the_folder_holds_these_and_no_others(self) -> None:
        assert {path.stem for path in FOLDER.glob("*.toml")} == set(ALL)

    @pytest.mark.parametrize("name", ALL)
    def test_is_canonical_byte_for_byte(self, name: str) -> None:
        text = text_of(name)
        parsed = toml_file.parse(text)
        assert toml_file.dumps(parsed.incident, parsed.remarks) == text

    @pytest.mark.parametrize("name", ALL)
    def test_has_no_key_that_the_format_does_not_know(self, name: str) -> None:
        incident = sample(name)
        models = [incident, incident.sections, *(item for field in ITEM_LISTS for item in getattr(incident, field))]
        assert [model.model_extra for model in models if model.model_extra] == []

    @pytest.mark.parametrize("name", ALL)
    def test_uses_the_standard_words(self, name: str) -> None:
        incident = sample(name)
        assert incident.status in STATUSES
        assert incident.severity in ("", *SEVERITIES)
        assert not incident.zone or zones.canonical_name(incident.zone) == incident.zone
        for each in incident.events:
            assert each.kind in KINDS, each.text
            assert set(each.milestones) <= set(MILESTONES), each.text
        for action in incident.actions:
            assert action.status in ACTION_STATUSES
            assert action.type in ("", *ACTION_TYPES)
            assert action.priority in ("", *PRIORITIES)

    @pytest.mark.parametrize("name", ALL)
    def test_ids_are_short_and_used_once(self, name: str) -> None:
        incident = sample(name)
        fields = [field for field in ITEM_LISTS if field != "waivers"]
        ids = [item.id for field in fields for item in getattr(incident, field)]
        assert [each for each in ids if not re.fullmatch("[a-z2-7]{4}", each)] == []
        assert len(set(ids)) == len(ids)

    @pytest.mark.parametrize("name", ALL)
    def test_events_stand_in_the_order_of_their_times(self, name: str) -> None:
        assert timeline.build(sample(name)).in_file_order

    @pytest.mark.parametrize("name", WRITTEN)
    def test_other_sections_are_really_others_and_have_their_place(self, name: str) -> None:
        for section in sample(name).other_sections:
            assert canonical_key(section.heading) is None
            assert section.after in ("", *SECTION_KEYS)
            assert section.body.strip()


class TestDevelopmentServer:
    """The outage that crosses midnight in East Africa."""

    def test_fifteen_events_from_nine_to_five_the_next_day(self) -> None:
        assert clocks(DEV_SERVER) == [
            "02 09:00", "02 09:15", "02 09:30", "02 10:00", "02 11:00", "02 12:00", "02 13:00", "02 15:00", "02 16:00",
            "02 18:00", "02 21:00", "02 23:00", "03 02:00", "03 04:00", "03 05:00",
        ]  # fmt: skip
        assert len(sample(DEV_SERVER).events) == 15
        assert sample(DEV_SERVER).zone == "Africa/Nairobi"
        assert {each.at.utcoffset() for each in sample(DEV_SERVER).events if isinstance(each.at, datetime)} == {
            timedelta(hours=3)
        }

    def test_times_past_midnight_keep_the_words_that_had_no_date(self) -> None:
        written = [each.as_written for each in sample(DEV_SERVER).events]
        assert written == [""] * 12 + ["02:00 EAT", "04:00 EAT", "05:00 EAT"]

    def test_lasted_twenty_hours_as_stated(self) -> None:
        assert stated(DEV_SERVER) == {
            "start": datetime(2024, 5, 2, 9, tzinfo=EAT),
            "end": datetime(2024, 5, 3, 5, tzinfo=EAT),
        }
        assert measured(DEV_SERVER)["resolve"] == "20h 00m"
        assert measured(DEV_SERVER)["impact"] == "20h 00m"

    def test_tells_the_wrong_turn_and_the_decision(self) -> None:
        kinds = {each.kind: f"{each.at:%H:%M}" for each in sample(DEV_SERVER).events if each.at}
        assert kinds["hypothesis"] == "09:30"
        assert kinds["false-lead"] == "10:00"
        assert kinds["decision"] == "15:00"

    def test_about_three_developers_in_four(self) -> None:
        (impact,) = sample(DEV_SERVER).impacts
        assert (impact.amount, impact.about) == (75, True)
        assert "developers" in impact.unit

    def test_three_improvements_and_six_tasks_that_nobody_owns(self) -> None:
        actions = sample(DEV_SERVER).actions
        assert len(actions) == 9
        assert not any(each.owner or each.due or each.type or each.priority for each in actions)
        assert [each.text.split(":")[0] for each in actions[5:]] == [
            "Update procedure", "Monitoring", "Documentation", "Training",
        ]  # fmt: skip


class TestAccounts:
    """Days before months, nine hours until somebody noticed, and 23:59 PM."""

    def test_no_zone_is_known(self) -> None:
        incident = sample(ACCOUNTS)
        assert incident.zone == ""
        assert not any(each.zone for each in incident.events)
        assert [each.at for each in incident.events if each.at] == [
            datetime(2024, 4, 10, 5), datetime(2024, 4, 10, 14), datetime(2024, 4, 14, 20),
        ]  # fmt: skip

    def test_dates_stay_as_written(self) -> None:
        written = [each.as_written for each in sample(ACCOUNTS).events if each.at]
        assert written == ["10/04/2024, 5:00 AM", "10/04/2024 at 2:00 PM", "14/04/2024, 8:00 PM"]

    def test_nine_hours_to_detection_and_four_days_to_the_end(self) -> None:
        found = measured(ACCOUNTS)
        assert found["detect"] == "9h 00m"
        assert found["impact"] == "4d 15h 00m"
        assert stated(ACCOUNTS) == {
            "start": datetime(2024, 4, 10, 5),
            "end": datetime(2024, 4, 14, 20),
            "detected": datetime(2024, 4, 10, 14),
        }

    def test_five_steps_have_no_time_and_keep_their_order(self) -> None:
        untimed = [each for each in sample(ACCOUNTS).events if each.at is None]
        assert [each.kind for each in untimed] == ["action", "false-lead", "communication", "action", "change"]
        assert untimed[1].as_written == "Initially"

    def test_an_impossible_clock_is_kept(self) -> None:
        assert event(ACCOUNTS, "backups").as_written == "daily at 23:59 PM"
        assert "23:59 PM" in sample(ACCOUNTS).actions[0].text

    def test_nearly_all_users_and_new_accounts_lost(self) -> None:
        users, accounts = sample(ACCOUNTS).impacts
        assert (users.amount, users.unit, users.about) == (100, "% of users", True)
        assert "accounts" in accounts.what
        assert accounts.amount is None

    def test_names_the_stack(self) -> None:
        assert "PHP 7, Apache 5" in sample(ACCOUNTS).sections.root_cause

    def test_two_actions_are_done_and_four_are_not(self) -> None:
        assert [each.status for each in sample(ACCOUNTS).actions] == ["done"] * 2 + ["open"] * 4


class TestShop:
    """Pacific standard time in June, and one event with a time."""

    def test_standard_time_in_summer_is_kept_as_written(self) -> None:
        incident = sample(SHOP)
        assert incident.zone == "America/Los_Angeles"
        (timed,) = [each for each in incident.events if each.at]
        assert timed.at == datetime(2023, 6, 9, 10)
        assert timed.as_written == "June 9, 2023, 10:00 AM (PST)"
        assert {each.value[-5:] for each in incident.stated} == {"(PST)"}

    def test_five_events_have_no_time(self) -> None:
        untimed = [each for each in sample(SHOP).events if each.at is None]
        assert [each.kind for each in untimed] == ["alert", "action", "false-lead", "communication", "action"]

    def test_states_a_start_and_an_end_that_the_timeline_does_not_have(self) -> None:
        assert stated(SHOP) == {"start": datetime(2023, 6, 9, 10), "end": datetime(2023, 6, 10, 14)}
        (resolved,) = with_milestone(SHOP, "resolved")
        assert resolved.at is None
        assert measured(SHOP)["resolve"].startswith("unknown")

    def test_three_improvements_without_a_date_and_four_tasks_with_one(self) -> None:
        assert [each.due for each in sample(SHOP).actions] == [
            None, None, None, date(2023, 7, 31), date(2023, 8, 15), date(2023, 7, 15), date(2023, 7, 31),
        ]  # fmt: skip

    def test_tells_of_the_conflict_markers_without_holding_any(self) -> None:
        assert "conflict markers" in sample(SHOP).sections.supporting
        assert not re.search("^(<{7}|={7}|>{7})", text_of(SHOP), re.MULTILINE)

    def test_everybody_was_affected(self) -> None:
        users, revenue = sample(SHOP).impacts
        assert (users.amount, users.unit) == (100, "% of users")
        assert "revenue" in revenue.what


class TestHardware:
    """A timeline told in prose, and about four hours that are four and a half."""

    def test_reported_gone_and_back(self) -> None:
        timed = [each.at for each in sample(HARDWARE).events if each.at]
        assert timed == [
            datetime(2023, 8, 18, 10, 30, tzinfo=UTC),
            datetime(2023, 8, 18, 10, 45, tzinfo=UTC),
            datetime(2023, 8, 18, 15, tzinfo=UTC),
        ]
        assert sample(HARDWARE).zone == "UTC"
        assert len(sample(HARDWARE).events) == 8

    def test_states_about_four_hours(self) -> None:
        (length,) = [each for each in sample(HARDWARE).stated if each.what == "duration"]
        assert (length.value, length.minutes, length.about) == ("approximately four hours", 240, True)
        assert measured(HARDWARE)["resolve"] == "4h 30m"

    def test_four_steps_of_recovery_and_five_actions(self) -> None:
        incident = sample(HARDWARE)
        assert re.findall(r"^\d\.", incident.sections.resolution, re.MULTILINE) == ["1.", "2.", "3.", "4."]
        assert len(incident.actions) == 5
        assert not any(each.owner or each.due for each in incident.actions)

    def test_its_impact_has_no_number(self) -> None:
        assert [each.amount for each in sample(HARDWARE).impacts] == [None]


class TestPrimary:
    """Four hours in the header, four and a half in the timeline."""

    def test_five_local_times_without_a_zone(self) -> None:
        incident = sample(PRIMARY)
        assert incident.zone == ""
        assert [each.at for each in incident.events] == [
            datetime(2023, 6, 1, 8), datetime(2023, 6, 1, 8, 5), datetime(2023, 6, 1, 8, 15),
            datetime(2023, 6, 1, 8, 30), datetime(2023, 6, 1, 12, 30),
        ]  # fmt: skip

    def test_the_header_states_four_hours_which_are_mitigation_to_end(self) -> None:
        (length,) = sample(PRIMARY).stated
        assert (length.what, length.minutes, length.where) == ("duration", 240, "header")
        assert measured(PRIMARY)["resolve"] == "4h 30m"
        story = timeline.build(sample(PRIMARY))
        begun, end = (
            story.by_id[event(PRIMARY, words).id].start for words in ("mitigation begins", "services are back")
        )
        assert begun is not None
        assert end is not None
        assert end.nominal - begun.nominal == 4 * HOUR

    def test_every_list_is_complete(self) -> None:
        incident = sample(PRIMARY)
        bullets = {key: incident.sections.get(key).count("\n- ") + incident.sections.get(key).startswith("- ")
                   for key in ("impact", "resolution", "lessons")}  # fmt: skip
        assert bullets == {"impact": 5, "resolution": 5, "lessons": 5}
        assert len(incident.impacts) == 5
        assert len(incident.actions) == 5
        assert "power supply" in incident.sections.root_cause
        assert [each.heading for each in incident.other_sections] == ["Conclusion"]


class TestNew:
    def test_is_an_empty_draft(self) -> None:
        assert sample(NEW) == Incident()
        assert text_of(NEW).split("\n")[0] == "format = 1"
        assert 'status = "draft"' in text_of(NEW)


@pytest.mark.parametrize("name", WRITTEN)
def test_no_time_of_day_without_a_date(name: str) -> None:
    """Every document gave a date somewhere, so that no event is left with a clock alone."""
    assert not any(isinstance(each.at, time) for each in sample(name).events)
