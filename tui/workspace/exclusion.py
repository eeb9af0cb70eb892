"""One process at a time: the lock of the operating system on an open file, which a process loses when it ends, however
it ends."""

from __future__ import annotations


def try_lock(file: int) -> bool | None:
    """Take the lock of an open file without waiting: True if it is ours until the file is closed, False if another
    process (or another open file of this one) has it, None if this file system has no locks.
    """
    # Loaded late: it takes longer than all else that opening a file needs.
    from filelock import lock_descriptor

    try:
        return lock_descriptor(file, blocking=False)
    except OSError:
        return None
