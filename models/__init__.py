"""What is remembered: rows, their history, and the database that holds to both."""
