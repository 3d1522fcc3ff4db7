"""Paper: what leaves the program for people who do not log in. One tree of content, then HTML, Word or plain text."""
