"""Setting up an installation that is no demonstration: its jurisdiction, its reference data, its first administrator.

One installation serves one jurisdiction: the units and checklists that travel with the product have ids of their own,
and a record lives in one scope.
"""

from inspection.setup.commands import register_commands

__all__ = ["register_commands"]
