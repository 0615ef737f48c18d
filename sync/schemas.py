"""The shapes of the phone protocol, for the OpenAPI document and for the small enrolment bodies.

Push and pull read their bodies by hand, element by element, so that one malformed operation is answered where
it stands.
"""

from __future__ import annotations

from marshmallow import RAISE, Schema, fields, validate


class DeviceNameSchema(Schema):
    """What a phone says of itself when it enrols."""

    class Meta:
        """Marshmallow's options."""

        unknown = RAISE

    name = fields.String(required=True, validate=validate.Length(1, 120))
    platform = fields.String(required=True, validate=validate.Length(1, 60))
    app_version = fields.String(validate=validate.Length(max=40))


class LoginSchema(Schema):
    """Enrolment of a phone."""

    class Meta:
        """Marshmallow's options."""

        unknown = RAISE

    username = fields.String(required=True, validate=validate.Length(1, 200))
    password = fields.String(required=True, validate=validate.Length(1, 256))
    new_password = fields.String(
        validate=validate.Length(1, 256),
        metadata={"description": "One's own, in place of a password that was handed over"},
    )
    device = fields.Nested(DeviceNameSchema, required=True)


class RefreshSchema(Schema):
    """Exchange of a refresh token."""

    class Meta:
        """Marshmallow's options."""

        unknown = RAISE

    refresh_token = fields.String(required=True, validate=validate.Length(1, 200))


class UserSchema(Schema):
    """Who signed in."""

    id = fields.UUID(required=True)
    full_name = fields.String(required=True)
    agency = fields.UUID(required=True, allow_none=True)
    roles = fields.List(fields.String(), required=True)
    jurisdiction = fields.UUID(required=True, allow_none=True)


class DeviceReferenceSchema(Schema):
    """The device as the server numbers it; every enrolment makes a new one."""

    id = fields.UUID(required=True)


class TokensSchema(Schema):
    """Fresh tokens; ``expires_in`` is in seconds and speaks of the access token. ``recovery_key`` is the office's
    public key (JWK, P-256) to which a phone seals its data key."""

    access_token = fields.String(required=True)
    refresh_token = fields.String(required=True)
    expires_in = fields.Integer(required=True)
    recovery_key = fields.Dict(keys=fields.String(), values=fields.String(), required=True)


class SignedInSchema(TokensSchema):
    """The answer to an enrolment."""

    user = fields.Nested(UserSchema, required=True)
    device = fields.Nested(DeviceReferenceSchema, required=True)


class DeviceSchema(Schema):
    """One of the caller's devices."""

    id = fields.UUID(required=True)
    name = fields.String(required=True)
    platform = fields.String(required=True)
    created_at = fields.AwareDateTime(required=True)
    last_seen_at = fields.AwareDateTime(required=True)
    revoked_at = fields.AwareDateTime(required=True, allow_none=True)
    this = fields.Boolean(required=True, metadata={"description": "Whether this is the device that asks"})


class OperationSchema(Schema):
    """One intended change to one record (sync protocol, "Push")."""

    id = fields.UUID(required=True)
    n = fields.Integer(required=True, strict=True, validate=validate.Range(1, 2**53 - 1))
    schema = fields.Integer(strict=True, validate=validate.Range(min=0))
    kind = fields.String(required=True)
    record = fields.UUID(required=True)
    scope = fields.String(required=True, metadata={"example": "campaign:0190f5c2-…"})
    base = fields.String(required=True, metadata={"example": "3f2a.1301"})
    fields_ = fields.Dict(required=True, data_key="fields", keys=fields.String(), values=fields.Raw())
    made_at = fields.String(required=True, metadata={"format": "date-time"})
    settles = fields.List(fields.String())
    sealed = fields.Dict(keys=fields.String(), values=fields.String())


class PushSchema(Schema):
    """An outbox, at most 500 operations or 1 MiB."""

    operations = fields.List(fields.Nested(OperationSchema), required=True, validate=validate.Length(max=500))


class ResultSchema(Schema):
    """The answer to one operation."""

    id = fields.String(required=True)
    status = fields.String(
        required=True, validate=validate.OneOf(["applied", "merged", "conflict", "held", "rejected", "retry"])
    )
    seq = fields.Integer()
    conflicts = fields.List(fields.Dict())
    waits_for = fields.Dict()
    error = fields.Dict()
    replayed = fields.Boolean()


class PushAnswerSchema(Schema):
    """One result per operation, in their order."""

    results = fields.List(fields.Nested(ResultSchema), required=True)
    server_time = fields.String(required=True, metadata={"format": "date-time"})


class PhoneReportSchema(Schema):
    """What a phone says of itself: its version, how much it has not sent, and when the oldest of it was made."""

    app_version = fields.String(required=True, validate=validate.Length(1, 40))
    unsent = fields.Integer(required=True, strict=True, validate=validate.Range(0, 1_000_000))
    oldest = fields.AwareDateTime(required=True, allow_none=True)


class PullSchema(Schema):
    """How far each scope was read; ``wait`` may hold an empty answer for up to 25 seconds. ``phone`` may be absent."""

    cursors = fields.Dict(keys=fields.String(), values=fields.String())
    limit = fields.Integer(strict=True, validate=validate.Range(min=1))
    wait = fields.Integer(strict=True, validate=validate.Range(min=0))
    phone = fields.Nested(PhoneReportSchema)


class ChangeSchema(Schema):
    """The whole current state of one record."""

    scope = fields.String(required=True)
    seq = fields.Integer(required=True)
    kind = fields.String(required=True)
    record = fields.UUID(required=True)
    version = fields.String(required=True)
    fields_ = fields.Dict(required=True, data_key="fields")
    authors = fields.Dict(required=True)
    voided = fields.Dict(required=True, allow_none=True)


class PullAnswerSchema(Schema):
    """What changed past the cursors."""

    scopes = fields.List(fields.String(), required=True)
    changes = fields.List(fields.Nested(ChangeSchema), required=True)
    cursors = fields.Dict(required=True, keys=fields.String(), values=fields.String())
    more = fields.Boolean(required=True)
    resync = fields.List(fields.Dict())
