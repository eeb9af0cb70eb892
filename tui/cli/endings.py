"""How a command ends: its exit code, and not a word too much when whoever reads its output has left."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
from collections.abc import Callable

from tui.cli import console
from tui.workspace.errors import EXIT_FILE, EXIT_SIGNAL


def carried_out(work: Callable[[], int]) -> int:
    """Do the work of a command and put out all that it wrote; returns the exit code."""
    console.prepare()
    try:
        code = work()
        sys.stdout.flush()
    except BrokenPipeError:
        _drop_the_rest()
        return EXIT_SIGNAL + signal.SIGPIPE
    except OSError as error:
        _drop_the_rest()
        with contextlib.suppress(OSError):
            console.fail(f"{error.filename or 'the output'}: {error.strerror or error}")
        return EXIT_FILE
    except KeyboardInterrupt:
        return EXIT_SIGNAL + signal.SIGINT
    return code


def _drop_the_rest() -> None:
    """What is left of the output goes nowhere, or Python would complain about it while it shuts down."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError):
            with contextlib.suppress(OSError, ValueError):
                nowhere = os.open(os.devnull, os.O_WRONLY)
                os.dup2(nowhere, stream.fileno())
                os.close(nowhere)
