"""Reminders: who holds what until when, what is to be said of it today, and the letters that say it kindly."""
