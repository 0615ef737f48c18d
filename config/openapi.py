"""What the OpenAPI documents of all parts share."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, fields


class ProblemSchema(Schema):
    """Why a whole request was refused."""

    code = fields.String(required=True, metadata={"description": "Stable code of the error catalogue"})
    message = fields.String(required=True, metadata={"description": "In the language of Accept-Language"})
    errors = fields.Dict(keys=fields.String(), values=fields.Raw())


def json_body(schema: type[Schema]) -> dict[str, Any]:
    """The OpenAPI request body of a schema that a view reads by hand."""
    return {"required": True, "content": {"application/json": {"schema": schema}}}
