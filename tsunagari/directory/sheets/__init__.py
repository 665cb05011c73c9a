"""Lists as towns publish them: bytes to rows, headings to fields, cells to values. No Django here."""
