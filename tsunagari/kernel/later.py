"""Views whose module is imported when their address is first asked for (decision 0011).

A visitor of the front page need not wait until every staff page and the sign-in library have been read from disk.
In a list of addresses the module is named by `board = later("…views.staff.board")`; `board.board` is then a view like
any other. A name that is not there shows in `tests/rules/test_addresses.py`, which asks every view for its mark."""

from collections.abc import Callable
from functools import cached_property
from importlib import import_module
from typing import Any

Wear = Callable[[Any], Any]


class later:
    """A module of views, by its dotted name; `wear` is a mark that each view gets (see `pages`)."""

    def __init__(self, module: str, wear: Wear | None = None) -> None:
        self._module, self._wear = module, wear

    def __getattr__(self, name: str) -> "_Later":
        if name.startswith("_"):
            raise AttributeError(name)
        return _Later(self._module, name, self._wear)


class _Later:
    """One view. Its names are known without it; whatever else is asked of it is asked of the view itself."""

    def __init__(self, module: str, name: str, wear: Wear | None) -> None:
        self.__module__, self.__name__, self.__qualname__ = module, name, name
        self._wear = wear

    @cached_property
    def _view(self) -> Any:
        view = getattr(import_module(self.__module__), self.__name__, None)
        if view is None:
            raise ImportError(f"{self.__module__} has no view {self.__name__}")
        return self._wear(view) if self._wear is not None else view

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return self._view(*args, **kwargs)

    def __getattr__(self, name: str) -> Any:
        # `view_class` is what Django asks of every view while it lists the addresses: ours are functions.
        if name.startswith("_") or name == "view_class":
            raise AttributeError(name)
        return getattr(self._view, name)
