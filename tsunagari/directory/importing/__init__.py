"""Lists in: a file to a plan that staff can look at, and the plan into the directory, whole or not at all."""
