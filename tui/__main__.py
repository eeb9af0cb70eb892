"""Where the program starts: `postmortem`, or `python -m tui`."""

from __future__ import annotations

import gc
import sys


def main() -> int:
    """Run the program with the arguments it was called with; returns the exit code."""
    arguments = sys.argv[1:]
    if arguments == ["--version"]:
        # Scripts ask for it all the time, so it is answered before anything else is loaded.
        from schemas.version import VERSION

        sys.stdout.write(f"postmortem {VERSION}\n")
        return 0
    if arguments in (["--help"], ["-h"]):
        from tui.cli import usage
        from tui.cli.endings import carried_out

        return carried_out(lambda: sys.stdout.write(usage.page(usage.width())) and 0)
    from tui.cli.left_out import leave_out

    leave_out()
    from tui.cli.commands import COMMANDS, GARBAGE_AFTER
    from tui.cli.endings import carried_out
    from tui.cli.on_screen import open_on_screen, plain_path

    if arguments and (command := COMMANDS.get(arguments[0])) and not command.screen:
        # What a short command loads stays until its end: to look for garbage in it takes a tenth of all its time.
        gc.set_threshold(GARBAGE_AFTER)
    try:
        if (path := plain_path(arguments)) is not None:
            # What understands the rest of the command line takes a tenth of the time until the first frame.
            return carried_out(lambda: open_on_screen(path))
        from tui.cli.main import run

        return run(arguments)
    finally:
        # Memory goes back to the system now; to look for garbage among all that was loaded takes a tenth of the time.
        gc.freeze()


if __name__ == "__main__":
    sys.exit(main())
