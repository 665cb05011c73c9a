"""Finding, as pure algorithms: words, the index, meaning, reasons. Knows no Django."""
