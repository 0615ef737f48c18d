"""The sheets and columns of a checklist's workbook. pyxform converts it unchanged and leaves our own columns alone."""

from __future__ import annotations

from inspection.places.rules import EstablishmentType, Risk

VI, EN = "Tiếng Việt (vi)", "English (en)"
LABEL, HINT, MESSAGE = ("label", "hint", "constraint_message")
TRANSLATED = {
    (LABEL, "vi"): "text_vi",
    (LABEL, "en"): "text_en",
    (HINT, "vi"): "hint_vi",
    (HINT, "en"): "hint_en",
    (MESSAGE, "vi"): "constraint_vi",
    (MESSAGE, "en"): "constraint_en",
}
"""Columns with a language, and the fields of an item that they fill."""

OWN = ("applies_to", "legal_basis", "basis_verified", "fail_rule", "fail_rule_vi", "note")
"""Columns beyond XLSForm that keep a field of the item of the same name; ``unit`` and ``violation_codes`` besides."""

SURVEY = (
    "type",
    "name",
    f"{LABEL}::{VI}",
    f"{LABEL}::{EN}",
    f"{HINT}::{VI}",
    f"{HINT}::{EN}",
    "required",
    "relevant",
    "constraint",
    f"{MESSAGE}::{VI}",
    f"{MESSAGE}::{EN}",
    "appearance",
    "unit",
    "violation_codes",
    *OWN,
)
CHOICES = ("list_name", "name", f"{LABEL}::{VI}", f"{LABEL}::{EN}")
APPLICATION: dict[str, tuple[str, ...]] = {
    "establishment_types": tuple(EstablishmentType),
    "risk_groups": tuple(Risk),
}
"""Settings that say which establishments a checklist is meant for, and their words; empty means all."""
SETTINGS = (
    "form_title",
    "title_en",
    "form_id",
    "version",
    "default_language",
    "domain",
    *APPLICATION,
    "source",
)

RESULT_LIST = "pass_fail_na"
"""The list of choices whose question is answered pass, fail or not applicable."""
RESULTS = {
    "pass": ("Đạt", "Pass"),
    "fail": ("Không đạt", "Fail"),
    "na": ("Không áp dụng", "Not applicable"),
}

PLAIN_TYPES = {
    "decimal": "number",
    "integer": "number",
    "text": "text",
    "date": "date",
    "image": "photo",
    "photo": "photo",
    "barcode": "barcode",
}
"""XLSForm's types that take no list, and the kind of answer each asks for. An image with the appearance ``signature``
is a signature."""
