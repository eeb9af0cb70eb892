"""Keys act one after the other, also where they come faster than what they do.

Textual hands each key to what has the focus at once, while what the key before it does may be under way still: a dialog
that closes, a section that opens. What is typed behind an Enter would go to the wrong place, or nowhere. So after a key
that may lead elsewhere the next ones wait until it has had its effect.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections import deque
from collections.abc import Iterator
from typing import Final, Protocol, runtime_checkable

from textual import events
from textual.app import App, ScreenStackError
from textual.message import Message
from textual.message_pump import MessagePump

from schemas.text import clean_prose

AT_MOST: Final = 2.0
"""Seconds that keys wait; what takes longer is shown, and can be cancelled."""

_QUIET_ROUNDS: Final = 2


@runtime_checkable
class TakesKeys(Protocol):
    """A field that can tell whether the key behind a key is for it, too."""

    def keeps(self, event: events.Key) -> bool:
        """Whether what is typed behind this key belongs to the field."""


class OrderedKeys(App[int], inherit_bindings=False):
    """An app that lets keys wait for the effect of the one before."""

    class _Next(Message, bubble=False):
        """The next key that waits may act."""

    def __init__(self) -> None:
        super().__init__()
        self._waiting: deque[events.Key | events.Paste] = deque()
        self._taking_effect: asyncio.Task[None] | None = None
        self._next_is_due = False
        self._on_hold = False

    def hold_keys(self) -> None:
        """Let every key wait until `let_keys_go`: what they are meant for is not there yet."""
        self._on_hold = True

    def let_keys_go(self) -> None:
        """Let the keys that were held act, in the order in which they came."""
        self._on_hold = False
        if self._taking_effect is None and not self._next_is_due:
            self._ask_for_next()

    @contextlib.contextmanager
    def keys_for_what_comes_up(self) -> Iterator[None]:
        """Keys act meanwhile, on a screen that comes up by itself; those that were held before it are not for it, and
        stay held."""
        held, on_hold = [*self._waiting], self._on_hold
        self._waiting.clear()
        self._on_hold = False
        try:
            yield
        finally:
            self._waiting.extendleft(reversed(held))
            self._on_hold = on_hold

    @property
    def keys_wait(self) -> bool:
        """Whether there are keys whose turn has not come yet."""
        return bool(self._waiting)

    @property
    def keys_act(self) -> bool:
        """Whether a key is on its way, waits, or has not had its whole effect yet."""
        return bool(
            self._waiting or self._next_is_due or self._taking_effect is not None or not self._message_queue.empty()
        )

    async def on_event(self, event: events.Event) -> None:
        """Take a key, or keep it for when it is its turn. What is pasted loses what could act on the terminal."""
        if isinstance(event, events.Paste):
            event.text = clean_prose(event.text)
        if not isinstance(event, events.Key | events.Paste) or event.is_forwarded:
            await super().on_event(event)
        elif self._on_hold or self._taking_effect is not None or self._next_is_due:
            self._waiting.append(event)
        else:
            await self._act(event)

    async def _act(self, event: events.Key | events.Paste) -> None:
        keeps = isinstance(event, events.Key) and self._keeps(event)
        await super().on_event(event)
        if not keeps:
            self._taking_effect = asyncio.create_task(self._take_effect())
        else:
            self._ask_for_next()

    def _keeps(self, event: events.Key) -> bool:
        field = self.focused
        return isinstance(field, TakesKeys) and field.keeps(event)

    def _ask_for_next(self) -> None:
        if self._waiting and not self._on_hold:
            self._next_is_due = self.post_message(self._Next())

    async def on_ordered_keys__next(self) -> None:
        """Let the next key act."""
        self._next_is_due = False
        if self._waiting and not self._on_hold:
            await self._act(self._waiting.popleft())

    async def _take_effect(self) -> None:
        """Wait until everything on the way of a key has done what there was to do."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(AT_MOST):
                quiet = 0
                while quiet < _QUIET_ROUNDS:
                    way = self._way()
                    for each in way:
                        await _done(each)
                    quiet = quiet + 1 if way == self._way() else 0
        self._taking_effect = None
        self._ask_for_next()

    def _way(self) -> list[MessagePump]:
        """What a key passes: what has the focus, all that is around it, the screen and the app."""
        try:
            start = self.focused or self.screen
        except ScreenStackError:
            return [self]
        return [each for each in start.ancestors_with_self if each.is_running]


async def _done(pump: MessagePump) -> None:
    """Wait until a part of the screen has done what it was given up to now."""
    reached = asyncio.Event()
    if pump.call_later(reached.set):
        await reached.wait()
