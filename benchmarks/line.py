"""A slow line, simulated: when the bytes that are put in at one end come out at the other."""

from __future__ import annotations

from collections import deque
from typing import Final

PACKET: Final = 1400
"""Bytes that travel together at most: the first ones of a screenful are there before the last ones have left."""


class Line:
    """One direction of a line. Bytes queue for the bandwidth (a token bucket that holds one packet), then travel.

    Times are seconds of any clock that only goes forward; nobody waits here. Headers of packets are not counted.
    """

    def __init__(self, bits_per_second: float, delay: float) -> None:
        self._seconds_a_byte = 8 / bits_per_second
        self._delay = delay
        self._free_at = 0.0
        self._under_way: deque[tuple[float, bytes]] = deque()

    def put(self, data: bytes, now: float) -> None:
        """Send bytes off; what is sent later never comes earlier."""
        for start in range(0, len(data), PACKET):
            packet = data[start : start + PACKET]
            self._free_at = max(self._free_at, now) + len(packet) * self._seconds_a_byte
            self._under_way.append((self._free_at + self._delay, packet))

    def arrived(self, now: float) -> list[tuple[float, bytes]]:
        """What has come out by now, with the moment at which its last byte did; each packet is given once."""
        found = []
        while self._under_way and self._under_way[0][0] <= now:
            found.append(self._under_way.popleft())
        return found

    @property
    def next_arrival(self) -> float | None:
        """When the next packet comes out; None if none is under way."""
        return self._under_way[0][0] if self._under_way else None
