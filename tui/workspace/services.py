"""What the program needs from outside, in one value that tests replace: clock, chance, disk, editor, clipboard."""

from __future__ import annotations

import os
import random
import shutil
import tempfile
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, tzinfo
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol

from msgspec import Struct

from schemas import zones
from schemas.text import clean_prose
from tui.workspace.author import author_name
from tui.workspace.disk import REAL_DISK, Disk
from tui.workspace.errors import UserError

if TYPE_CHECKING:
    from subprocess import CompletedProcess

CLIPBOARD_LIMIT: Final = 74_994
"""Bytes of base64 that common terminals take in one OSC 52 sequence (the limit that k9s found and uses)."""


PAUSE: Final = 0.15
"""Seconds: longer than between the keys of somebody who types, and too short to be waited for."""


class EditorLauncher(Protocol):
    """Opens a text in the person's own editor."""

    def __call__(self, text: str, name: str) -> str | None:
        """The edited text, or None if nothing came of it. Raises UserError."""


class Clipboard(Protocol):
    """Takes text out of the program."""

    def __call__(self, text: str, send: Callable[[str], None]) -> None:
        """Put the text there; `send` hands it to the terminal. Raises UserError."""


class Services(Struct, frozen=True):
    """Everything from outside. `now` gives an aware date-time; `author` is the person's name for remarks.

    `zone` is the one that the person is in, None if it is not known. `signs_as` gives the name for remarks on a file in
    a folder, where that may differ. `keeps`: open documents get a journal, a lock and a watch on their file.
    `indexes`: what was read of a library is kept on the disk, see `library_index`. `pause`: so many seconds after the
    last change findings and counts follow it.
    """

    now: Callable[[], datetime]
    rng: random.Random
    disk: Disk
    editor: EditorLauncher
    clipboard: Clipboard
    author: str = ""
    zone: tzinfo | None = None
    signs_as: Callable[[Path | None], str] | None = None
    keeps: bool = False
    indexes: bool = False
    pause: float = 0.0

    def name_in(self, folder: Path | None) -> str:
        """The person's name on a file in a folder (None: not saved yet); may be empty."""
        return self.signs_as(folder) if self.signs_as is not None else self.author

    @classmethod
    def real(cls, *, author: str = "", indexes: bool = True, environ: Mapping[str, str] = os.environ) -> Services:
        """This machine's."""
        return cls(
            now=lambda: datetime.now(UTC).astimezone(),
            rng=random.SystemRandom(),
            disk=REAL_DISK,
            editor=lambda text, name: edit_externally(text, editor_command(environ), name),
            clipboard=terminal_clipboard,
            author=author or environ.get("USER", ""),
            zone=local_zone(environ),
            signs_as=lambda folder: author_name(author, folder=folder, environ=environ),
            keeps=True,
            indexes=indexes,
            pause=PAUSE,
        )

    @classmethod
    def fake(
        cls,
        *,
        now: datetime = datetime(2026, 3, 4, 12, 0, tzinfo=UTC),
        seed: int = 1,
        disk: Disk | None = None,
        editor: EditorLauncher | None = None,
        clipboard: Clipboard | None = None,
        author: str = "tester",
        zone: tzinfo | None = None,
        keeps: bool = False,
        indexes: bool = False,
        pause: float = 0.0,
    ) -> Services:
        """The same at every run, for tests."""
        return cls(
            now=lambda: now,
            rng=random.Random(seed),
            disk=disk or REAL_DISK,
            editor=editor or _no_editor,
            clipboard=clipboard or terminal_clipboard,
            author=author,
            zone=zone,
            keeps=keeps,
            indexes=indexes,
            pause=pause,
        )


LOCALTIME: Final = Path("/etc/localtime")
"""Where Unix systems keep the zone of the machine: mostly a link into the zone database."""


def local_zone(environ: Mapping[str, str], localtime: Path = LOCALTIME) -> tzinfo | None:
    """The zone that the person is in: `$TZ` if it is set, else the machine's; None if it has no name that is known."""
    if name := environ.get("TZ", "").removeprefix(":"):
        return zones.resolve(name.rpartition("zoneinfo/")[2])
    try:
        target = localtime.readlink() if localtime.is_symlink() else None
    except OSError:
        return None
    return zones.resolve(target.as_posix().rpartition("zoneinfo/")[2]) if target else None


def _no_editor(text: str, name: str) -> None:
    """An editor that nobody typed anything in."""
    del text, name


def editor_command(environ: Mapping[str, str]) -> list[str]:
    """The person's editor with its arguments: `$VISUAL`, `$EDITOR`, or one that is there.

    Raises:
        UserError: there is none, or its name cannot be split into words.
    """
    import shlex

    for name in ("VISUAL", "EDITOR"):
        if value := environ.get(name, "").strip():
            try:
                return shlex.split(value)
            except ValueError:
                raise UserError(f"${name} cannot be understood", value, "Close its quotes.") from None
    for candidate in ("vim", "vi", "nano"):
        if found := shutil.which(candidate):
            return [found]
    raise UserError("There is no editor", "", "Set EDITOR, for example: export EDITOR=vim")


def edit_externally(
    text: str,
    command: list[str],
    name: str = "text.md",
    run: Callable[..., CompletedProcess[bytes]] | None = None,
) -> str | None:
    """Let a program edit a text in a private temporary file; gives the new text, or None if it is the same.

    The program is run without a shell, by `subprocess.run` if nothing else is given. The file is kept, and named in
    the error, if anything fails after it was edited.

    Raises:
        UserError: the program cannot be started, fails, or leaves something that is no UTF-8 text.
    """
    import subprocess

    # A folder of its own, so that what editors leave beside a file is private too and goes away with it.
    try:
        folder = Path(tempfile.mkdtemp(prefix="postmortem-"))
        file = folder / (Path(name).name or "text.md")
        file.touch(mode=0o600)
        file.write_text(text, encoding="utf-8")
    except OSError as error:
        where = tempfile.gettempdir()
        raise UserError(
            "The text could not be handed to the editor",
            f"{where}: {error.strerror or error}.",
            "Free some space there, or set TMPDIR to another folder.",
        ) from error
    try:
        done = (run or subprocess.run)([*command, str(file)], check=False)
    except OSError as error:
        shutil.rmtree(folder, ignore_errors=True)
        raise UserError(f"{command[0]} could not be started", error.strerror or str(error), "Set EDITOR.") from None
    if done.returncode != 0:
        raise UserError(
            f"{command[0]} ended with {done.returncode}", f"The text was not taken back. It is in {file}.",
            "Copy what you need from there.",
        )  # fmt: skip
    try:
        edited = file.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UserError("The edited text cannot be read", f"{file}: {error}", "Save it as UTF-8.") from None
    shutil.rmtree(folder, ignore_errors=True)
    edited = clean_prose(edited)
    # Editors end a file with a line break that the text did not have.
    if not text.endswith("\n"):
        edited = edited.removesuffix("\n")
    return None if edited == text else edited


def terminal_clipboard(text: str, send: Callable[[str], None]) -> None:
    """Put a text on the terminal's clipboard: `send` asks the terminal with OSC 52, which most of them understand.

    In tmux this needs `set -g set-clipboard on`. Whether the terminal took the text cannot be known.

    Raises:
        UserError: the text is larger than terminals take.
    """
    encoded = 4 * ((len(text.encode("utf-8")) + 2) // 3)
    if encoded > CLIPBOARD_LIMIT:
        raise UserError(
            f"Too long for a terminal's clipboard: {encoded:,} of {CLIPBOARD_LIMIT:,} bytes",
            "",
            "Export to a file instead (F9), or copy one section.",
        )
    send(text)
