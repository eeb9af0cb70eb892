"""What tests in a terminal share."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.ui.screens import SAMPLES


@pytest.fixture
def samples(tmp_path: Path) -> Path:
    """A copy of the samples: two programs that have one file open at once tell each other so."""
    return Path(shutil.copytree(SAMPLES, tmp_path / "samples"))
