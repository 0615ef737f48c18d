"""Many rows in one statement: ``COPY`` on PostgreSQL, an executed batch on SQLite."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import Any

from sqlalchemy import Connection, Dialect, Table, bindparam, insert, update

Row = dict[str, Any]


def insert_rows(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    """Insert rows that all name the same columns."""
    if not rows:
        return
    if connection.dialect.name == "postgresql":
        _copy(connection, table, rows)
    else:
        connection.execute(insert(table), rows)


def update_rows(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    """Update rows by their ``id``."""
    if not rows:
        return
    values: Row = {name: bindparam(f"new_{name}") for name in rows[0] if name != "id"}
    renamed = [
        {"key" if name == "id" else f"new_{name}": value for name, value in row.items()} for row in rows
    ]
    connection.execute(update(table).where(table.c.id == bindparam("key")).values(values), renamed)


def upsert_rows(connection: Connection, table: Table, rows: Sequence[Row], new: Collection[Any]) -> None:
    """Insert the rows whose ``id`` is in ``new`` and update the others."""
    insert_rows(connection, table, [row for row in rows if row["id"] in new])
    update_rows(connection, table, [row for row in rows if row["id"] not in new])


def _copy(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    names = list(rows[0])
    quote = connection.dialect.identifier_preparer.quote
    columns = ", ".join(quote(name) for name in names)
    converters = [_converter(connection.dialect, table, name) for name in names]
    driver: Any = connection.connection.driver_connection
    with driver.cursor() as cursor, cursor.copy(f"COPY {quote(table.name)} ({columns}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row([convert(row[name]) for name, convert in zip(names, converters, strict=True)])


def _converter(dialect: Dialect, table: Table, name: str) -> Callable[[Any], Any]:
    """How a column's type turns a Python value into one that the driver writes. A JSON null is SQL's null
    here, as no column of the product tells them apart."""
    process = table.c[name].type.dialect_impl(dialect).bind_processor(dialect)
    if process is None:
        return _as_it_is
    return lambda value: None if value is None else process(value)


def _as_it_is(value: Any) -> Any:
    return value
