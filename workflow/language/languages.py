"""The languages that poyta speaks."""

LANGUAGES = ("fi", "sv", "en")
