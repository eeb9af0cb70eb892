"""What loading changes, the word about it, and files of other formats."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given

from schemas.incident import FORMAT, ITEM_LISTS, Incident
from schemas.toml_file import Note, dumps, loads, parse
from schemas.toml_order import in_file_order
from schemas.toml_settle import UnfitError, migrate
from tests.schemas.strategies import incidents


class TestIds:
    def test_an_item_without_one_gets_one_made_from_its_content(self) -> None:
        text = "format = 1\n\n[[events]]\ntext = 'a'\n\n[[events]]\ntext = 'b'\n"
        loaded = parse(text)
        first, second = loaded.incident.events
        assert first.id != second.id
        assert len(first.id) == 4
        assert loads(text) == loaded.incident
        assert loaded.notes == (
            Note(3, f"event 1: it has no id, so it goes by `{first.id}` from here on"),
            Note(6, f"event 2: it has no id, so it goes by `{second.id}` from here on"),
        )

    def test_equal_items_get_different_ones(self) -> None:
        events = loads("[[events]]\n" * 3000).events
        assert len({event.id for event in events}) == 3000

    def test_an_empty_one_is_none(self) -> None:
        assert loads("[[factors]]\nid = ''\n").factors[0].id

    def test_one_that_is_taken_is_given_to_the_first_only(self) -> None:
        loaded = parse("[[actions]]\nid = 'a'\n[[actions]]\nid = 'a'\n[[actions]]\nid = \"a\\u200e\"\n")
        first, second, third = (action.id for action in loaded.incident.actions)
        assert first == "a"
        assert len({first, second, third}) == 3
        assert [note.line for note in loaded.notes] == [4, 6]
        assert "its id `a` is taken" in loaded.notes[0].message

    def test_lists_do_not_share_them(self) -> None:
        loaded = parse("[[events]]\nid = 'a'\n[[actions]]\nid = 'a'\n")
        assert loaded.notes == ()

    def test_what_the_document_states_needs_none(self) -> None:
        loaded = parse("[[stated]]\nwhat = 'end'\n[[stated]]\nwhat = 'end'\n")
        assert [claim.id for claim in loaded.incident.stated] == ["", ""]
        assert loaded.notes == ()


class TestSafeText:
    def test_control_characters_in_known_keys_are_told(self) -> None:
        loaded = parse(
            'title = "a\\u001bb"\ntags = ["x\\u202e"]\n[sections]\nsummary = "\\r\\n"\n'
            '[[events]]\nid = "k"\ntext = "\\u0000"\n'
        )
        assert loaded.incident.title == "a␛b"
        assert loaded.incident.tags == ("x",)
        assert [(note.line, note.message) for note in loaded.notes] == [
            (1, "key `title`: control characters were replaced"),
            (2, "key `tags`: line breaks or control characters were replaced"),
            (4, "[sections], key `summary`: control characters were replaced"),
            (7, "event 1 (k), key `text`: control characters were replaced"),
        ]

    def test_line_breaks_where_one_line_is_meant_are_told(self) -> None:
        loaded = parse('owner = """\na\nb"""')
        assert loaded.incident.owner == "a b"
        assert loaded.notes == (Note(1, "key `owner`: line breaks or tabs were replaced"),)

    def test_unknown_keys_are_made_safe_too(self) -> None:
        loaded = parse('x = ["a\\u001b", { "k\\u009b" = "\\u202eb" }]\n[[events]]\nid = "a"\n"m\\u0007" = 1\n')
        assert (loaded.incident.model_extra or {})["x"] == ["a␛", {"k\ufffd": "b"}]
        assert loaded.incident.events[0].model_extra == {"m␇": 1}
        assert [note.line for note in loaded.notes] == [1, 4]

    def test_a_key_made_safe_takes_no_other_ones_place(self) -> None:
        loaded = parse('title = "t"\n"title\\u200e" = "other"\n"x" = 1\n"x\\u200e" = 2\n[y]\n"z\\u200e" = 1\nz = 2\n')
        assert loaded.incident.title == "t"
        assert loaded.incident.model_extra == {"title_": "other", "x": 1, "x_": 2, "y": {"z_": 1, "z": 2}}

    def test_what_was_made_safe_is_written_and_read_without_a_word(self) -> None:
        loaded = parse('title = "a\\u001bb"\n"k\\u009b" = "\\u0007"\n[[events]]\n')
        again = parse(dumps(loaded.incident))
        assert again.incident == loaded.incident
        assert again.notes == ()


class TestFormats:
    def test_none_is_the_first(self) -> None:
        loaded = parse("title = 'a'")
        assert loaded.incident.format == FORMAT
        assert not loaded.newer

    def test_an_older_one_goes_through_every_step_to_the_current_one(self) -> None:
        steps = {
            1: lambda data: {**data, "title": data["name"] + "!"},
            2: lambda data: {key: value for key, value in data.items() if key != "name"},
        }
        assert migrate({"format": 1, "name": "x"}, 1, steps, to=3) == {"format": 3, "title": "x!"}
        assert migrate({"format": 2, "name": "x"}, 2, steps, to=3) == {"format": 3}
        assert migrate({"format": 3, "name": "x"}, 3, steps, to=3) == {"format": 3, "name": "x"}

    def test_one_that_never_was_is_refused(self) -> None:
        with pytest.raises(UnfitError, match="there is no format 0"):
            migrate({}, 0, {1: dict}, to=2)

    def test_a_file_of_an_older_one_is_read(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def named(data: dict[str, Any]) -> dict[str, Any]:
            return {"title": data.pop("name"), **data}

        monkeypatch.setattr("schemas.toml_settle.migrate.__defaults__", ({0: named}, FORMAT))
        loaded = parse("format = 0\nname = 'a'")
        assert (loaded.incident.title, loaded.incident.format) == ("a", FORMAT)

    def test_a_newer_one_is_read_as_far_as_it_is_understood(self) -> None:
        loaded = parse(
            "format = 99\ntitle = 'a'\nowner = { name = 'x' }\nactions = { a = 1 }\n"
            "[sections]\nsummary = ['x']\ntrigger = 't'\n"
            "[[events]]\nid = 'e'\nat = 'tomorrow'\ntext = 'kept'\n[[stated]]\nvalue = 'v'\n"
        )
        assert loaded.newer
        assert loaded.incident.format == 99
        assert (loaded.incident.owner, loaded.incident.actions) == ("", ())
        assert (loaded.incident.sections.summary, loaded.incident.sections.trigger) == ("", "t")
        assert (loaded.incident.events[0].at, loaded.incident.events[0].text) == (None, "kept")
        assert loaded.incident.stated[0].value == "v"
        assert [note.line for note in loaded.notes] == [3, 4, 6, 10, 12]
        assert "event 1 (e), key `at` was left out" in loaded.notes[3].message

    @given(incidents())
    def test_a_newer_one_with_any_list_in_another_form_is_read(self, incident: Incident) -> None:
        for name in ITEM_LISTS:
            bare = in_file_order(incident.changed(format=99, **{name: ()}))
            loaded = parse(dumps(bare).replace("\ntitle =", f"\n{name} = [1]\ntitle =", 1))
            assert loaded.incident == bare
            assert len(loaded.notes) == 1
