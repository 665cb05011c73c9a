"""The network measured from what happened (NETWORK_METRICS): pure algorithms, no Django.

`Network` holds who named whom; `report` says everything about it. A score that is not defined is None, never 0.
"""

from tsunagari.network.metrics.graphs import Network, Organization
from tsunagari.network.metrics.report import report

__all__ = ["Network", "Organization", "report"]
