"""Pages of the member zone in which entries are looked after."""
