"""A program that takes the lock of a file, says what came of it, and goes on living until it is told to end."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path

from tui.workspace.locks import acquire

if __name__ == "__main__":
    got = acquire(Path(sys.argv[1]), now=lambda: datetime.now(UTC))
    print(type(got).__name__, flush=True)
    sys.stdin.readline()
