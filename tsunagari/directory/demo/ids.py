"""Ids that are the same in every demo town, so that links, slips and tests survive a fresh database."""

import uuid

NAMESPACE = uuid.UUID("7b1e6a52-5f0e-5d1b-9a33-2c6f0d7a1e11")
MARK = "（架空）"


def uid(*names: str) -> uuid.UUID:
    """The id of the thing with these names, for example ``uid("service", "wakaba-base")``."""
    return uuid.uuid5(NAMESPACE, "/".join(names))


def pick(size: int, *names: str) -> int:
    """A number below `size` that looks random and is always the same for these names."""
    return uid("pick", *names).int % size


def marked(name: str) -> str:
    """The name as it is shown: nobody may take a made-up place for a real one."""
    return name + MARK
