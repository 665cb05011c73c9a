"""A made-up town in the outline of Himeji, so that every page has something true to life to show."""

from tsunagari.directory.demo.loading import load

__all__ = ["load"]
