"""Style sheets, and how they are read; every rule that depends on the size of the terminal lives here."""
