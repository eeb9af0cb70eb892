"""A version becomes the document as one step: exactly it, and exactly back."""

from __future__ import annotations

import random
from datetime import UTC, datetime

import pytest

from schemas import toml_file
from schemas.incident import Incident, Stated
from tests.schemas.branches import edited
from tests.ui.remarks import TALKED
from tui.screens.history_actions import restore
from tui.screens.history_files import Restored
from tui.workspace.session import DocumentSession


def session_on(text: str) -> DocumentSession:
    loaded = toml_file.parse(text)
    return DocumentSession(loaded.incident, remarks=loaded.remarks, now=lambda: datetime(2026, 3, 4, tzinfo=UTC))


def wanted(text: str) -> Restored:
    loaded = toml_file.parse(text)
    return Restored(loaded.incident, loaded.remarks, "Tue 3 Mar 14:05")


@pytest.mark.parametrize("seed", range(30))
def test_any_version_comes_back_and_undo_takes_it_back(seed: int) -> None:
    then, now = (toml_file.dumps(edited(TALKED, str(seed), name)) for name in ("then", "now"))
    session = session_on(now)
    before = session.doc
    assert restore(session, wanted(then), random.Random(seed)) == (then != now)
    assert session.text() == then
    if then != now:
        step = session.undo()
        assert step is not None
        assert step.label == "Restored the version of Tue 3 Mar 14:05"
    assert session.doc is before
    assert not session.can_undo


def test_comments_in_the_file_of_both_are_kept() -> None:
    text = toml_file.dumps(TALKED)
    other = text.replace('title = "Export stuck"', 'title = "Export"')
    session = session_on(f"# of now\n# of both\n{text}")
    assert restore(session, wanted(f"# of then\n# of both\n{other}"), random.Random(1))
    assert sorted(session.text().removesuffix(other).splitlines()) == ["# of both", "# of now", "# of then"]


def test_what_has_no_id_in_the_version_keeps_the_one_that_it_has_now() -> None:
    stated = Stated(id="stwaaa", what="duration", value="4 hours", where="header")
    session = DocumentSession(Incident(title="now", stated=(stated,)), now=lambda: datetime(2026, 3, 4, tzinfo=UTC))
    old = Incident(title="then", stated=(stated.model_copy(update={"id": ""}),))
    assert restore(session, Restored(old, (), "Tue 3 Mar 14:05"), random.Random(1))
    assert session.doc == Incident(title="then", stated=(stated,))
