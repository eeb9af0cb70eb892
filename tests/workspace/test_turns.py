"""One after the other, and a rest that ends when the next one comes."""

from __future__ import annotations

import asyncio

import pytest

from tui.workspace.turns import Turns

LONG = 60.0


def test_one_after_the_other() -> None:
    done: list[str] = []

    async def one(turns: Turns, name: str) -> None:
        async with turns:
            done.append(f"{name} in")
            await asyncio.sleep(0)
            done.append(f"{name} out")

    async def go() -> None:
        turns = Turns()
        await asyncio.gather(*(one(turns, name) for name in "abc"))
        assert not turns.locked()

    asyncio.run(go())
    assert done == ["a in", "a out", "b in", "b out", "c in", "c out"]


def test_a_rest_ends_when_somebody_waits_for_the_turn() -> None:
    async def go() -> None:
        turns = Turns()
        async with turns:
            assert await turns.rest(0)
            next_one = asyncio.create_task(turns.__aenter__())
            assert not await turns.rest(LONG)
            assert not await turns.rest(LONG), "it waits still"
        await next_one
        assert await turns.rest(0), "nobody else waits"

    asyncio.run(asyncio.wait_for(go(), 5))


def test_who_gives_up_waiting_ends_no_rest_afterwards() -> None:
    async def go() -> None:
        turns = Turns()
        async with turns:
            given_up = asyncio.create_task(turns.__aenter__())
            await asyncio.sleep(0)
            given_up.cancel()
            with pytest.raises(asyncio.CancelledError):
                await given_up
            assert await turns.rest(0)
        async with turns:
            assert turns.locked()

    asyncio.run(asyncio.wait_for(go(), 5))
