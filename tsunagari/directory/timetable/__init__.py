"""Free text about opening days and dates, made into rules, occurrences, answers and words. Knows no Django.

`read` makes rules and dates out of text, `open` answers from rules, `words` says rules. Nothing is guessed: what
cannot be read for certain comes back as a note, word for word, and belongs on the page."""
