"""Style sheets; every rule that depends on the size of the terminal lives here."""
