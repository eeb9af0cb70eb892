"""Where the program starts: `postmortem`, or `python -m tui`."""

from __future__ import annotations

import sys


def main() -> int:
    """Run the program with the arguments it was called with; returns the exit code."""
    arguments = sys.argv[1:]
    if arguments == ["--version"]:
        # Scripts ask for it all the time, so it is answered before anything else is loaded.
        from schemas.version import VERSION

        sys.stdout.write(f"postmortem {VERSION}\n")
        return 0
    from tui.cli.main import run

    return run(arguments)


if __name__ == "__main__":
    sys.exit(main())
