"""The command line without a screen; one subcommand a file."""
