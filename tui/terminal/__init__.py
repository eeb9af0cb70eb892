"""The program and its terminal: what comes in as bytes, what goes out, and how both end."""
