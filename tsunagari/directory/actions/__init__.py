"""Every write of the directory, one function per verb."""
