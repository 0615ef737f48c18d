"""``Idempotency-Key``: a request that creates something, sent again, gives the same thing."""

from __future__ import annotations

import uuid

from marshmallow import EXCLUDE, Schema, fields, validate


class IdempotencySchema(Schema):
    """The key under which a thing is made once by one person, however often it is sent."""

    class Meta:
        """Marshmallow's options."""

        unknown = EXCLUDE

    key = fields.String(data_key="Idempotency-Key", validate=validate.Length(1, 200))


def record_of(person: uuid.UUID, what: str, key: str | None) -> uuid.UUID | None:
    """The id of ``what`` the person makes under the key; None without a key."""
    return None if key is None else uuid.uuid5(person, f"{what}\n{key}")
