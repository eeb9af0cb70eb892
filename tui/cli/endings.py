"""How a command ends: its exit code, how failures are told, and not a word too much when the reader has left."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
from collections.abc import Callable

from tui.cli import console
from tui.workspace.errors import EXIT_CRASH, EXIT_FILE, EXIT_SIGNAL, UserError


def carried_out(work: Callable[[], int]) -> int:
    """Do the work of a command and put out all that it wrote; returns the exit code. Failures are told on stderr."""
    console.prepare()
    try:
        code = _done(work)
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


def _done(work: Callable[[], int]) -> int:
    try:
        return work()
    except UserError as error:
        console.fail(error.title, error.detail, error.hint)
        return error.exit_code
    except OSError:
        raise
    except Exception as error:
        _tell_crash(error)
        return EXIT_CRASH


def _tell_crash(error: Exception) -> None:
    from schemas.text import clean_prose
    from tui.workspace.crashes import DEBUG, Crashed, told, write_report

    crash = error if isinstance(error, Crashed) else Crashed(error, write_report(error))
    for line in told(crash):
        console.say(line)
    if os.environ.get(DEBUG):
        import traceback

        sys.stderr.write(clean_prose("".join(traceback.format_exception(crash.error))))


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
