"""What an incident is, and every form it takes as data. Knows no terminal."""
