"""The demonstration district: huyện Thanh Liêm with invented people, establishments, visits and petitions.

Units, checklists and the violation catalogue are the real ones; everybody and every shop is made up. Loading
is idempotent: reference data are brought up to date, demonstration records are made once and then left to
whoever works with them.
"""

from inspection.demo.commands import register_commands

__all__ = ["register_commands"]
