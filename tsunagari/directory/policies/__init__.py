"""Who may what in the directory: one rule, one Q, one sentence."""

from tsunagari.directory.policies import entries, keeping, lists

__all__ = ["entries", "keeping", "lists"]
