from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas import edits
from schemas.incident import Incident, OtherSection
from schemas.section_order import section_order
from schemas.sections import SECTION_KEYS

FIRST, LAST = SECTION_KEYS[0], SECTION_KEYS[-1]
OWN_IDS = ("a", "b", "c", "d", "e")


def section(name: str, after: str) -> OtherSection:
    return OtherSection(id=name, heading=name.upper(), after=after)


def incident(*pairs: str) -> Incident:
    """An incident with sections written `id<after`."""
    return Incident(other_sections=tuple(section(*pair.split("<")) for pair in pairs))


def others(document: Incident) -> str:
    """The order of the sections, the canonical ones that nothing follows left out."""
    order = section_order(document)
    shown = [key for key, follower in pairwise((*order, FIRST)) if key in OWN_IDS or follower in OWN_IDS]
    return " ".join(shown)


@st.composite
def documents(draw: st.DrawFn) -> Incident:
    """Sections that follow canonical ones, one another, themselves, nothing at all, and what does not exist."""
    names = draw(st.permutations(OWN_IDS))[: draw(st.integers(1, len(OWN_IDS)))]
    places = st.sampled_from([*OWN_IDS, *["impact"] * 4, "", FIRST, LAST, "gone"])
    return Incident(other_sections=tuple(section(name, draw(places)) for name in names))


def own_ids(document: Incident) -> list[str]:
    return [found.id for found in document.other_sections]


@given(documents())
def test_every_section_is_there_once_and_the_canonical_ones_keep_their_order(document: Incident) -> None:
    order = section_order(document)
    assert sorted(order) == sorted([*SECTION_KEYS, *own_ids(document)])
    assert [key for key in order if key in SECTION_KEYS] == list(SECTION_KEYS)


@given(documents())
def test_a_section_stands_behind_the_one_it_names_with_only_others_between(document: Incident) -> None:
    order = ["", *section_order(document)]
    circular = set(order[order.index(LAST) :])  # where sections stand whose names lead nowhere
    for found in document.other_sections:
        if found.after in order and found.id not in circular:
            between = order[order.index(found.after) + 1 : order.index(found.id)]
            assert order.index(found.after) < order.index(found.id)
            assert set(between) <= set(OWN_IDS)


@pytest.mark.parametrize(
    ("document", "order"),
    [
        (incident(), ""),
        (incident("a<", "b<"), "a b"),
        (incident("a<impact", "b<impact", "c<a"), "impact a c b"),
        (incident("c<b", "b<a", "a<impact"), "impact a b c"),
        (incident("a<gone", "b<b", "c<d", "d<c"), f"{LAST} a b c d"),
        (incident("a<supporting", "b<gone"), f"{LAST} a b"),
    ],
)
def test_order(document: Incident, order: str) -> None:
    assert others(document) == order


def test_a_chain_longer_than_the_stack() -> None:
    many = 5000
    chain = tuple(section(f"s{i}", f"s{i - 1}" if i else "impact") for i in range(many))
    order = section_order(Incident(other_sections=chain[::-1]))
    place = order.index("s0")
    assert order[place : place + many] == tuple(f"s{i}" for i in range(many))


@given(documents(), st.data())
def test_a_section_that_is_moved_moves_alone(document: Incident, data: st.DataObject) -> None:
    name, steps = data.draw(st.sampled_from(own_ids(document))), data.draw(st.integers(-4, 4))
    order = section_order(document)
    moved = edits.move_section(document, name, steps)
    after = section_order(moved)
    assert after.index(name) == min(max(order.index(name) + steps, 0), len(order) - 1)
    assert [key for key in after if key != name] == [key for key in order if key != name]
    assert (moved is document) == (after == order)
    # Down and up again is where it was.
    back = edits.move_section(moved, name, order.index(name) - after.index(name))
    assert section_order(back) == order


@given(documents(), st.data())
def test_a_section_that_is_placed_stands_right_behind_its_place(document: Incident, data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(own_ids(document)))
    after = data.draw(st.sampled_from(["", *(key for key in section_order(document) if key != name)]))
    placed = edits.place_section(document, name, after)
    order = ["", *section_order(placed)]
    assert order[order.index(name) - 1] == after
    rest = [key for key in section_order(document) if key != name]
    assert [key for key in section_order(placed) if key != name] == rest
    assert edits.place_section(placed, name, after) is placed


@given(documents(), st.data())
def test_a_section_that_goes_takes_no_other_with_it(document: Incident, data: st.DataObject) -> None:
    gone = data.draw(st.sets(st.sampled_from(own_ids(document))))
    order = section_order(edits.remove_items(document, "other_sections", gone))
    assert order == tuple(key for key in section_order(document) if key not in gone)


@given(documents(), st.data())
def test_a_section_that_is_added_stands_right_behind_the_one_it_names(document: Incident, data: st.DataObject) -> None:
    after = data.draw(st.sampled_from(["", *section_order(document)]))
    added = edits.add_item(document, "other_sections", section("new", after))
    order = ["", *section_order(added)]
    assert order[order.index("new") - 1] == after
    assert tuple(key for key in order[1:] if key != "new") == section_order(document)
    removed = edits.remove_items(added, "other_sections", ["new"])
    assert section_order(removed) == section_order(document)


def test_a_new_section_behind_nothing_known_comes_last() -> None:
    assert others(edits.add_item(incident("a<impact"), "other_sections", section("n", "gone"))) == "impact a"
    assert section_order(edits.add_item(incident(), "other_sections", section("n", "gone")))[-1] == "n"


def test_sections_that_need_not_change_are_the_same_objects() -> None:
    document = incident("a<impact", "b<impact", "c<b", "d<trigger")
    moved = edits.move_section(document, "a", 2)
    assert others(moved) == "impact b c a trigger d"
    same = [any(found is old for old in document.other_sections) for found in moved.other_sections]
    assert same == [True, True, False, True]
    # Only what followed the moved one has to follow another.
    moved = edits.place_section(document, "b", "trigger")
    assert others(moved) == "impact a c trigger b d"
    assert {found.id: found.after for found in moved.other_sections} == {
        "a": "impact",
        "c": "a",
        "b": "trigger",
        "d": "trigger",
    }


def test_what_followed_a_section_that_moved_up_stays_where_it_is() -> None:
    document = incident("a<impact", "b<impact", "c<b")
    moved = edits.move_section(document, "b", -1)
    assert others(moved) == "impact b a c"
    assert [found.after for found in moved.other_sections] == ["impact", "impact", "a"]


def test_up_and_down_step_over_canonical_sections_too() -> None:
    document = incident("a<summary")
    assert section_order(edits.move_section(document, "a", -1))[:2] == ("a", "summary")
    assert section_order(edits.move_section(document, "a", 1))[:3] == ("summary", "background", "a")
    assert edits.move_section(edits.move_section(document, "a", -1), "a", -1).other_sections[0].after == ""


def test_a_place_that_does_not_exist_is_a_key_error() -> None:
    document = incident("a<summary")
    for after in ("gone", "a"):
        with pytest.raises(KeyError):
            edits.place_section(document, "a", after)


def test_a_heading_is_renamed_and_made_one_line() -> None:
    document = edits.rename_section(incident("a<summary"), "a", "New\nname")
    assert document.other_sections[0].heading == "New name"
