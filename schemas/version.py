"""The version of the program, as printed by `postmortem --version`."""

VERSION = "0.1.0"
