"""Counts the tests that hold each promise, and writes the numbers into docs/reliability.md.

`python docs/make_reliability.py` brings the page up to date. A test says when it claims more than there is.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[1]
PAGE: Final = ROOT / "docs" / "reliability.md"
ROW: Final = re.compile(
    r"^\| (?P<promise>[^|]+) \| [^|]+ \| (?P<where>`tests/[^|]+) \| (?P<cases>\d+) \|$", re.MULTILINE
)


def rows(page: str) -> list[tuple[str, list[str], int]]:
    """The promises of the page: their words, the patterns of their test files, and the number of cases claimed."""
    return [(row["promise"], re.findall(r"`([^`]+)`", row["where"]), int(row["cases"])) for row in ROW.finditer(page)]


def files(patterns: list[str]) -> set[str]:
    """The test files that patterns mean."""
    return {str(path.relative_to(ROOT)) for pattern in patterns for path in ROOT.glob(pattern)}


def counts(wanted: set[str]) -> Counter[str]:
    """How many tests each file holds.

    Raises:
        subprocess.CalledProcessError: they cannot be collected.
    """
    told = subprocess.run(
        [sys.executable, "-m", "pytest", "--collect-only", "-qq", *sorted(wanted)],
        cwd=ROOT, check=True, capture_output=True, text=True,
    )  # fmt: skip
    found = (re.fullmatch(r"(tests/\S+\.py): (\d+)", line.strip()) for line in told.stdout.splitlines())
    return Counter({line[1]: int(line[2]) for line in found if line})


def main() -> None:
    """Write the numbers."""
    page = PAGE.read_text(encoding="utf-8")
    known = counts({file for _, patterns, _ in rows(page) for file in files(patterns)})

    def counted(row: re.Match[str]) -> str:
        patterns = re.findall(r"`([^`]+)`", row["where"])
        number = sum(known[file] for file in files(patterns))
        return f"{row[0].rpartition('| ' + row['cases'])[0]}| {number} |"

    PAGE.write_text(ROW.sub(counted, page), encoding="utf-8")


if __name__ == "__main__":
    main()
