"""Work behind the screen in a thread that nobody waits for at the end.

`asyncio.to_thread` gives work to a pool that is waited for when the loop ends: a program that is left while something
long is read would stay until that is done, long after its screen is gone.
"""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import Callable
from functools import partial
from typing import TypeVar

T = TypeVar("T")


async def behind(work: Callable[[], T]) -> T:
    """What some work gives, done in a thread of its own. Raises what the work raises.

    Where the waiting is cancelled the work goes on, and what it gives is dropped.
    """
    loop = asyncio.get_running_loop()
    result: asyncio.Future[T] = loop.create_future()

    def tell(put: Callable[[], None]) -> None:
        with contextlib.suppress(RuntimeError):  # the loop has ended
            loop.call_soon_threadsafe(put)

    def run() -> None:
        try:
            made = work()
        except BaseException as error:
            tell(partial(_put_error, result, error))
        else:
            tell(partial(_put, result, made))

    threading.Thread(target=run, name="behind the screen", daemon=True).start()
    return await result


def _put(result: asyncio.Future[T], made: T) -> None:
    if not result.done():
        result.set_result(made)


def _put_error(result: asyncio.Future[T], error: BaseException) -> None:
    if not result.done():
        result.set_exception(error)
