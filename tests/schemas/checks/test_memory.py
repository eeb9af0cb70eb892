"""What is remembered of lists is what would be found anew."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from schemas.checks.memory import of_each, of_the_last


class Box:
    """An item that is like no other."""

    def __init__(self, number: int) -> None:
        self.number = number


BOXES = [Box(number) for number in range(6)]
lists = st.lists(st.lists(st.sampled_from(BOXES), max_size=6).map(tuple), max_size=8)


@given(lists)
def test_each_item_gives_what_it_gives(steps: list[tuple[Box, ...]]) -> None:
    look = of_each(_numbers)
    for boxes in steps:
        assert look(boxes) == _numbers(boxes)


@given(lists)
def test_a_list_gives_what_it_gives(steps: list[tuple[Box, ...]]) -> None:
    look = of_the_last(_numbers)
    for boxes in steps:
        assert look(boxes) == look(boxes) == _numbers(boxes)


def test_only_what_changed_is_looked_at() -> None:
    seen: list[list[int]] = []

    def numbers(boxes: tuple[Box, ...]) -> list[int]:
        seen.append(_numbers(boxes))
        return seen[-1]

    look = of_each(numbers)
    look(tuple(BOXES))
    look((*BOXES[:2], BOXES[5], *BOXES[3:]))
    look((*BOXES[:2], *BOXES[3:]))
    look((*BOXES[:2], *BOXES[3:]))
    look((*BOXES[:2], BOXES[4], BOXES[2], *BOXES[3:]))
    assert seen == [[0, 1, 2, 3, 4, 5], [5], [4, 2]]


def _numbers(boxes: tuple[Box, ...]) -> list[int]:
    return [box.number for box in boxes]
