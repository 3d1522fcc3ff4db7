"""Sentences, words and dates in Finnish, Swedish and English."""
