"""What the file system says when it refuses, in plain words with what to do about it."""

from __future__ import annotations

import errno
import stat
from pathlib import Path
from typing import Final

from tui.workspace.errors import EXIT_FILE, UserError

_SAVING: Final[dict[int, tuple[str, str]]] = {
    errno.ENOSPC: ("The disk is full.", "Free some space and save again, or save to another disk."),
    errno.EDQUOT: ("Your share of the disk is used up.", "Free some space and save again, or save to another disk."),
    errno.EROFS: ("The file system is read-only.", "Save to another folder."),
    errno.EACCES: ("You are not allowed to write in {folder}.", "Save to another folder, or ask for the permission."),
    errno.EPERM: ("The system does not allow it.", "Save to another folder, or ask for the permission."),
    errno.ENOENT: ("The folder {folder} is not there.", "Make the folder, or save to another one."),
    errno.ENOTDIR: ("{folder} is not a folder.", "Save to another folder."),
    errno.EISDIR: ("There is a folder of this name.", "Choose another name."),
    errno.ENAMETOOLONG: ("The name is too long.", "Choose a shorter one."),
    errno.ELOOP: ("The links in its path lead in a circle.", "Mend the link, or save to another folder."),
    errno.EFBIG: ("The file is larger than this file system allows.", "Save to another disk."),
    errno.EIO: ("The disk reports a fault.", "Save to another disk, and have this one looked at."),
    errno.ESTALE: ("The network folder was lost.", "Wait until it is back, or save to another folder."),
    errno.ETIMEDOUT: ("The network folder does not answer.", "Wait until it is back, or save to another folder."),
    errno.EMFILE: ("This program has too many files open.", "Close it and start it again."),
    errno.ENFILE: ("The system has too many files open.", "Close other programs and save again."),
}
_READING: Final[dict[int, tuple[str, str]]] = {
    errno.EACCES: ("You are not allowed to read it.", "Ask for the permission, or see who owns it with `ls -l`."),
    errno.EPERM: ("The system does not allow it.", "Ask for the permission."),
    errno.ENOENT: ("There is no such file.", "See if the name is right."),
    errno.ENOTDIR: ("Part of its path is not a folder.", "See if the name is right."),
    errno.EISDIR: ("It is a folder.", "Name a file in it."),
    errno.ENAMETOOLONG: ("The name is too long.", "See if the name is right."),
    errno.ELOOP: ("The links in its path lead in a circle.", "Mend the link."),
    errno.EIO: ("The disk reports a fault.", "Have the disk looked at; take the file from a backup."),
    errno.ESTALE: ("The network folder was lost.", "Try again when it is back."),
    errno.ETIMEDOUT: ("The network folder does not answer.", "Try again when it does."),
    errno.EMFILE: ("This program has too many files open.", "Close it and start it again."),
    errno.ENFILE: ("The system has too many files open.", "Close other programs and try again."),
}


def could_not_save(path: Path, error: OSError) -> UserError:
    """The word for a save that failed; the file on disk is then as it was."""
    detail, hint = _words(_SAVING, path, error)
    return UserError(f"{path} cannot be saved", f"{detail} What is on the disk is as it was.", hint, EXIT_FILE)


def could_not_read(path: Path, error: OSError) -> UserError:
    """The word for a file or folder that cannot be read."""
    return UserError(f"{path} cannot be read", *_words(_READING, path, error), EXIT_FILE)


def could_not_move(path: Path, error: OSError) -> UserError:
    """The word for a file that cannot be moved; it is then still where it was."""
    detail, hint = _words(_SAVING, path, error)
    return UserError(f"{path} cannot be moved", f"{detail} It is still where it was.", hint, EXIT_FILE)


def not_a_file(path: Path, mode: int) -> UserError:
    """The word for something that is no regular file. `mode` is that of its `stat`."""
    if stat.S_ISDIR(mode):
        return UserError(f"{path} is a folder", "A file is needed here.", "Name a file in it.", EXIT_FILE)
    what = "a pipe" if stat.S_ISFIFO(mode) else "a socket" if stat.S_ISSOCK(mode) else "a device"
    return UserError(f"{path} is {what}", "A file is needed here.", "Name an ordinary file.", EXIT_FILE)


def _words(table: dict[int, tuple[str, str]], path: Path, error: OSError) -> tuple[str, str]:
    if error.errno in table:
        detail, hint = table[error.errno]
        return detail.format(folder=path.parent), hint
    reason = error.strerror or str(error) or type(error).__name__
    return f"The system says: {reason}.", "Try again, or use another folder."
