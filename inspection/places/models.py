"""Tables of administrative units and establishments.

Both are projections of the journal. References between records are plain identifiers without foreign keys: a record may
reach the server before the one it points to, and a projection can be dropped and rebuilt table by table.
"""

from __future__ import annotations

import uuid
from datetime import date
from decimal import Decimal

from sqlalchemy import JSON, Date, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from config.extensions import Base
from inspection.columns import ExactDecimal
from inspection.journal.projection import Projection


class Unit(Projection, Base):
    """A province, district, commune, township or ward as it stood between two dates.

    Codes are used again after a reform for another unit, so ``code`` alone identifies nothing; ``code`` with
    ``valid_from`` does. ``valid_to`` is the last day of validity, empty while the unit exists.
    """

    __tablename__ = "unit"
    __table_args__ = (Index("ix_unit_code_valid_from", "code", "valid_from"),)

    code: Mapped[str] = mapped_column(String)
    name: Mapped[str] = mapped_column(String)
    name_en: Mapped[str | None] = mapped_column(String)
    level: Mapped[str] = mapped_column(String)
    parent: Mapped[uuid.UUID | None] = mapped_column(index=True)
    valid_from: Mapped[date] = mapped_column(Date)
    valid_to: Mapped[date | None] = mapped_column(Date)
    predecessors: Mapped[list[str] | None] = mapped_column(JSON(none_as_null=True))
    source: Mapped[str | None] = mapped_column(Text)
    verified: Mapped[str | None] = mapped_column(String)


class Establishment(Projection, Base):
    """A place of production or trade (cơ sở sản xuất, kinh doanh). ``unit`` is where it stood when it was
    entered; the unit of a visit is kept on the visit. Latitude and longitude are degrees (WGS 84),
    ``accuracy`` is in metres. ``merged_into`` is set while the record repeats another one of the same place: nothing
    is rewritten, what points here counts for that one (:mod:`inspection.places.merging`)."""

    __tablename__ = "establishment"

    name: Mapped[str] = mapped_column(String)
    address: Mapped[str | None] = mapped_column(String)
    unit: Mapped[uuid.UUID | None] = mapped_column(index=True)
    owner: Mapped[str | None] = mapped_column(String)
    licence_number: Mapped[str | None] = mapped_column(String)
    establishment_type: Mapped[str] = mapped_column(String)
    risk: Mapped[str | None] = mapped_column(String)
    phone: Mapped[str | None] = mapped_column(String)
    latitude: Mapped[Decimal | None] = mapped_column(ExactDecimal)
    longitude: Mapped[Decimal | None] = mapped_column(ExactDecimal)
    accuracy: Mapped[Decimal | None] = mapped_column(ExactDecimal)
    operating: Mapped[bool | None]
    external_id: Mapped[str | None] = mapped_column(String, index=True)
    merged_into: Mapped[uuid.UUID | None]


class Distinction(Projection, Base):
    """Two establishments that look alike and are two: they are not proposed as one again."""

    __tablename__ = "distinction"

    first: Mapped[uuid.UUID]
    second: Mapped[uuid.UUID]
