"""Between the file and the screen, without a screen."""
