"""What may happen: the lifecycles, their promises, and the one gate."""
