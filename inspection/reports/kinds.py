"""The record kind ``recipient``: who gets the reports by mail. A change of the list is an entry of the journal."""

from __future__ import annotations

from inspection.journal import fields
from inspection.journal.kinds import Kind, registry
from inspection.reports.models import Recipient


class RecipientSchema(fields.RecordSchema):
    """One address of the distribution list. ``register``: it gets the complaint registers too."""

    name = fields.Text(required=True, maximum=200)
    email = fields.Email(required=True)
    register = fields.Flag()


registry.add(Kind(name="recipient", scope="reference", schema=RecipientSchema, model=Recipient))
