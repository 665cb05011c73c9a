"""Lists out: the columns of the national recommended data sets, workbooks, and HSDS packages."""
