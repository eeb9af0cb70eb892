"""What a person sees: each widget is given data and posts what the person wants."""
