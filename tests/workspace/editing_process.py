"""A program that edits without a screen: words come in by lines, and it says when they are on the disk.

Run as `python -m tests.workspace.editing_process FOLDER [FILE]`. Each line `title WORDS` or `event WORDS` is an edit;
`written` is answered when the thread of the journal has written everything, `flush` after writing it at once, `save`
after saving, `close` ends it.
"""

from __future__ import annotations

import sys
import threading
from functools import partial
from pathlib import Path

from schemas import event_edits
from schemas.incident import Event, Incident
from tests.workspace.journals import services, title
from tui.workspace.atomic_writing import atomic_write
from tui.workspace.journal import Journal
from tui.workspace.session import DocumentSession
from tui.workspace.storage import open_file


def main(folder: Path, path: Path | None) -> None:
    given = services()
    if path is None:
        session = DocumentSession(Incident(title="Old"), now=given.now)
    else:
        opened = open_file(path)
        session = DocumentSession(opened.loaded.incident, path=path, fingerprint=opened.fingerprint, now=given.now)
    # The thread comes to its pause after each writing: by then what was typed before is on the disk.
    journal = Journal.start(session, given, folder=folder, pause=lambda ended, _: ended.wait(0.001))
    for line in sys.stdin:
        word, _, rest = line.rstrip("\n").partition(" ")
        if word == "title":
            title(session, rest)
        elif word == "event":
            event = Event(id=f"e{len(session.doc.events)}", text=rest)
            session.execute(partial(event_edits.add_event, event=event), label="event")
        elif word == "written":
            while journal._pending is not None:
                threading.Event().wait(0.001)
        elif word == "flush":
            assert journal.flush()
        elif word == "save":
            assert path is not None
            session.mark_saved(path, atomic_write(path, session.text().encode(), expect=session.fingerprint))
            journal.note_saved()
        elif word == "close":
            assert journal.close(clean=rest == "clean")
            return
        print(word, flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]) if len(sys.argv) > 2 else None)
