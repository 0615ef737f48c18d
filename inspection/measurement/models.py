"""Tables of what was measured and sampled on a visit: projections of the journal.

``verdict`` is what the writer's phone made of the readings. It decides nothing: whoever needs a verdict asks
:mod:`inspection.measurement.queries`, which judges the readings by the law in force on the day of the visit.
"""

from __future__ import annotations

import uuid
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import JSON, BigInteger, Date, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from config.extensions import Base
from inspection.columns import ExactDecimal
from inspection.journal.projection import Projection


class InstrumentCheck(Projection, Base):
    """One measuring instrument: the evidence of its verification, and readings against known loads.

    ``division`` in g; ``capacity``, ``references`` and ``indications`` in ``reading_unit``. The n-th indication was
    read at the n-th load; of a fuel dispenser the load is the delivered volume.
    """

    __tablename__ = "instrument_check"

    visit: Mapped[uuid.UUID] = mapped_column(index=True)
    instrument: Mapped[str] = mapped_column(String)
    subject: Mapped[str | None] = mapped_column(String)
    maker: Mapped[str | None] = mapped_column(String)
    serial: Mapped[str | None] = mapped_column(String)
    evidence: Mapped[str | None] = mapped_column(String)
    verified_on: Mapped[date | None] = mapped_column(Date)
    stated_until: Mapped[date | None] = mapped_column(Date)
    capacity: Mapped[Decimal | None] = mapped_column(ExactDecimal)
    division: Mapped[Decimal | None] = mapped_column(ExactDecimal)
    accuracy_class: Mapped[str | None] = mapped_column(String)
    side: Mapped[str | None] = mapped_column(String)
    reading_unit: Mapped[str | None] = mapped_column(String)
    references: Mapped[list[str] | None] = mapped_column(JSON(none_as_null=True))
    indications: Mapped[list[str] | None] = mapped_column(JSON(none_as_null=True))
    verdict: Mapped[str | None] = mapped_column(String)
    note: Mapped[str | None] = mapped_column(Text)


class PackageCheck(Projection, Base):
    """Packages of one lot: nominal quantity, and the content of each in ``reading_unit``, gross where there are
    ``tares``. ``barcode`` is the code printed on the goods, by which they are found again."""

    __tablename__ = "package_check"

    visit: Mapped[uuid.UUID] = mapped_column(index=True)
    product: Mapped[str] = mapped_column(String)
    barcode: Mapped[str | None] = mapped_column(String)
    maker: Mapped[str | None] = mapped_column(String)
    nominal: Mapped[Decimal | None] = mapped_column(ExactDecimal)
    nominal_unit: Mapped[str | None] = mapped_column(String)
    reading_unit: Mapped[str | None] = mapped_column(String)
    lot_size: Mapped[int | None] = mapped_column(BigInteger)
    tares: Mapped[list[str] | None] = mapped_column(JSON(none_as_null=True))
    weights: Mapped[list[str] | None] = mapped_column(JSON(none_as_null=True))
    verdict: Mapped[str | None] = mapped_column(String)
    note: Mapped[str | None] = mapped_column(Text)


class Sample(Projection, Base):
    """A sample (mẫu) taken on the spot, and the laboratory's result, stored with the requirement beside it. A result
    that has not come is neither pass nor fail."""

    __tablename__ = "sample"

    visit: Mapped[uuid.UUID] = mapped_column(index=True)
    product: Mapped[str] = mapped_column(String)
    quantity: Mapped[Decimal | None] = mapped_column(ExactDecimal)
    quantity_unit: Mapped[str | None] = mapped_column(String)
    lot: Mapped[str | None] = mapped_column(String)
    purpose: Mapped[str | None] = mapped_column(Text)
    tested_for: Mapped[str | None] = mapped_column(String)
    sealed: Mapped[bool | None]
    sampled_at: Mapped[datetime | None]
    sent_to: Mapped[str | None] = mapped_column(String)
    sent_on: Mapped[date | None] = mapped_column(Date)
    result: Mapped[str | None] = mapped_column(String)
    result_on: Mapped[date | None] = mapped_column(Date)
    result_number: Mapped[str | None] = mapped_column(String)
    indicator: Mapped[str | None] = mapped_column(String)
    required_value: Mapped[str | None] = mapped_column(String)
    found_value: Mapped[str | None] = mapped_column(String)
    note: Mapped[str | None] = mapped_column(Text)
