"""Documents that people wrote, read into incidents: Markdown, plain text, chat, CSV, JSON. Nothing in them is lost."""
