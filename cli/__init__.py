"""How it is asked: the command line."""
