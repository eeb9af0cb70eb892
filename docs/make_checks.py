"""Writes `docs/checks.md` from the files in `schemas/checks/guide`: `python docs/make_checks.py`."""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from schemas.checks.explanations import page  # noqa: E402

PAGE = ROOT / "docs" / "checks.md"

if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
    print(PAGE)
