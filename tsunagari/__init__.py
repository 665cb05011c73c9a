"""Tsunagari: the digital base of a town against loneliness and isolation."""

import os

# Before numpy is loaded: its helper threads wait by spinning, which on two cores slows the other worker threefold.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
