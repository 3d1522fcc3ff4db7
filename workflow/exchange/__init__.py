"""Reading and writing: the table book, and what other programs take."""
