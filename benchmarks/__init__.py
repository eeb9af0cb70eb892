"""How fast the program is, as ratios to what is measured beside it in the same run. Scripts, never tests."""
