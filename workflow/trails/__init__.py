"""The trail of a matter: gathered from what is kept, and told as a story or as a diagram."""
