"""Readings above kanji: words to readings, whole pages to pages with ruby."""
