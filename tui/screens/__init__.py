"""One screen a file: each turns what the person wants into edits."""
