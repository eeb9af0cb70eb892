"""What was found in a list of items is kept until the list is another one, or an item of it is.

An incident may have ten thousand events, and a keystroke is not to look through all of them. Edits share what they do
not change, so it is enough to see that a list, or an item, is the very same object.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from itertools import compress, count
from operator import is_not
from typing import TypeVar

Item = TypeVar("Item")
Found = TypeVar("Found")


def of_the_last(look: Callable[[tuple[Item, ...]], Found]) -> Callable[[tuple[Item, ...]], Found]:
    """Remember what a function found in the tuple that it was given last; equal ones are looked through again."""
    last: list[tuple[tuple[Item, ...], Found]] = []

    @wraps(look)
    def remembered(items: tuple[Item, ...]) -> Found:
        for known, found in last:
            if known is items:
                return found
        found = look(items)
        last[:] = [(items, found)]
        return found

    return remembered


def of_each(look: Callable[[tuple[Item, ...]], list[Found]]) -> Callable[[tuple[Item, ...]], list[Found]]:
    """Have a function, which finds something for each of several items, look only at those that were not there before.

    What did not change is expected at the start and at the end, which is where edits leave it.
    """
    last: list[tuple[tuple[Item, ...], list[Found]]] = []

    @wraps(look)
    def remembered(items: tuple[Item, ...]) -> list[Found]:
        old, known = last[0] if last else ((), [])
        most = min(len(old), len(items))
        head = next(compress(count(), map(is_not, old, items)), most)
        tail = min(next(compress(count(), map(is_not, reversed(old), reversed(items))), most), most - head)
        fresh = items[head : len(items) - tail]
        found = [*known[:head], *(look(fresh) if fresh else ()), *known[len(old) - tail :]]
        last[:] = [(items, found)]
        return found

    return remembered
