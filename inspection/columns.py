"""Column types that several packages of the domain share."""

from __future__ import annotations

from decimal import Decimal

from sqlalchemy import Dialect, Numeric, String
from sqlalchemy.types import TypeDecorator, TypeEngine


class ExactDecimal(TypeDecorator[Decimal]):
    """A decimal number kept digit for digit: NUMERIC where the database has it, text on SQLite.

    SQLite would turn it into a binary float, and 0.1 kg would no longer be what the inspector typed. Sums and
    comparisons of such columns are therefore made in Python, never in SQL.
    """

    impl = Numeric
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Decimal] | TypeEngine[str]:
        """Text on SQLite, NUMERIC elsewhere."""
        if dialect.name == "sqlite":
            return dialect.type_descriptor(String())
        return dialect.type_descriptor(Numeric())

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> Decimal | str | None:
        """Refuse a float: it has lost its digits before it came here."""
        if value is None:
            return None
        if not isinstance(value, Decimal):
            raise TypeError("an exact decimal column takes a Decimal")
        return format(value, "f") if dialect.name == "sqlite" else value

    def process_result_value(self, value: Decimal | str | None, dialect: Dialect) -> Decimal | None:
        """Give the number back with the digits it had."""
        return None if value is None else Decimal(value)
