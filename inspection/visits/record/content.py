"""The content of a visit record as one canonical JSON value, the same on every phone and on the server. Pure.

``{"form", "visit", "campaign", "establishment", "unit", "team", "parts"}``: the fields of the records that make up a
visit as the journal has them, without those that are empty. What a checklist asks and how a decree words an act is
named by the ids of editions that never change, and is therefore not repeated. The digest over the canonical bytes
(:mod:`inspection.journal.canonical`) is what the two sides sign. ``phone/src/minutes/content.ts`` is the same in the
other language; ``vectors.json`` beside the tests holds the two together.
"""

from __future__ import annotations

import re
import unicodedata
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from inspection.journal.canonical import digest as digest_of
from inspection.journal.canonical import encode

Content = dict[str, Any]
Fields = Mapping[str, Any]

FORM = 1
"""Grows when the shape of the content changes; a signed content keeps its own."""

VISIT_FIELDS = (
    "visited_on",
    "visit_type",
    "started_at",
    "finished_at",
    "lead",
    "checklists",
    "representative",
    "opinion",
    "note",
)
CAMPAIGN_FIELDS = ("name", "decision_number", "decision_date", "legal_basis")
ESTABLISHMENT_FIELDS = ("name", "establishment_type", "address", "owner", "licence_number", "phone")
MEMBER_FIELDS = ("name", "position", "agency", "duty")
LEFT_OUT = frozenset({"visit", "stored", "voided", "external_id"})
"""What a part of the visit does not repeat, or what the server adds when bytes have arrived."""

_MOMENT = re.compile(
    r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d+)?"
    r"(Z|[+-](0\d|1[0-4]):[0-5]\d)",
    re.ASCII,
)
_DECIMAL = re.compile(r"-?\d+\.\d+", re.ASCII)


@dataclass(frozen=True, slots=True)
class Parts:
    """What a content is made of: the fields of each record. ``parts`` are by kind and id."""

    visit: uuid.UUID
    fields: Fields
    campaign: Fields
    establishment: Fields
    unit: str
    team: Sequence[Fields]
    parts: Mapping[str, Mapping[str, Fields]] = field(default_factory=dict)


def content_of(made_of: Parts) -> Content:
    """The content of a visit record."""
    content = {
        "form": FORM,
        "visit": {"id": str(made_of.visit), **_chosen(made_of.fields, VISIT_FIELDS)},
        "campaign": _chosen(made_of.campaign, CAMPAIGN_FIELDS),
        "establishment": _chosen(made_of.establishment, ESTABLISHMENT_FIELDS),
        "unit": made_of.unit,
        "team": [_chosen(member, MEMBER_FIELDS) for member in made_of.team],
        "parts": {
            kind: {record: _without(fields) for record, fields in records.items()}
            for kind, records in made_of.parts.items()
            if records
        },
    }
    normal: Content = normalised(content)
    return normal


def digest(content: Content) -> str:
    """SHA-256 over the canonical bytes of a content, in hex digits."""
    return digest_of(content).hex()


def size(content: Content) -> int:
    """The canonical bytes of a content, counted."""
    return len(encode(content))


def frozen_id(visit: uuid.UUID, content_digest: str) -> uuid.UUID:
    """The id of the record that keeps a signed content: who signs the same content on two phones makes one record."""
    return uuid.uuid5(visit, f"record\n{content_digest}")


def code_of(visit: str, content_digest: str) -> str:
    """What the code on the shopkeeper's copy says: the visit and the digest of what was signed."""
    return f"BBKT1:{visit}:{content_digest}"


_CODE = re.compile(r"BBKT1:([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}):([0-9a-f]{64})")
_SPACE = re.compile(r"\s+")


def read_code(text: str) -> tuple[uuid.UUID | None, str] | None:
    """The visit and the digest of a scanned code, or a digest that was typed (at least its first sixteen digits, in
    groups or not); None when the text is neither."""
    plain = _SPACE.sub("", unicodedata.normalize("NFKC", text)).lower()
    found = _CODE.fullmatch(plain.replace("bbkt1", "BBKT1", 1))
    if found is not None:
        return uuid.UUID(found[1]), found[2]
    return (None, plain) if re.fullmatch(r"[0-9a-f]{16,64}", plain) else None


def normalised(value: Any) -> Any:
    """A value in the one form that both languages give it: text in NFC, moments in UTC to the second, decimals without
    empty places, nothing that is null."""
    if isinstance(value, str):
        return _text(unicodedata.normalize("NFC", value))
    if isinstance(value, Mapping):
        return {name: normalised(each) for name, each in value.items() if each is not None}
    if isinstance(value, (list, tuple)):
        return [normalised(each) for each in value]
    return value


def _text(text: str) -> str:
    if _MOMENT.fullmatch(text):
        try:
            moment = datetime.fromisoformat(text).astimezone(UTC)
        except (ValueError, OverflowError):
            return text
        return f"{moment.replace(tzinfo=None, microsecond=0).isoformat()}Z"
    if _DECIMAL.fullmatch(text):
        sign, digits = ("-", text[1:]) if text.startswith("-") else ("", text)
        whole, _, rest = digits.partition(".")
        rest = rest.rstrip("0")
        bare = (whole.lstrip("0") or "0") + (f".{rest}" if rest else "")
        return bare if bare == "0" else sign + bare
    return text


def _chosen(fields: Fields, names: Sequence[str]) -> dict[str, Any]:
    return {name: fields[name] for name in names if fields.get(name) not in (None, "", [])}


def _without(fields: Fields) -> dict[str, Any]:
    return {
        name: value for name, value in fields.items() if name not in LEFT_OUT and value not in (None, "", [])
    }


def fingerprint(content_digest: str) -> str:
    """A digest as people compare it: its first sixteen digits in groups of four."""
    return " ".join(content_digest[start : start + 4] for start in range(0, 16, 4)).upper()
