"""Value fields for the schemas of synced kinds.

``load`` gives the canonical JSON value that the journal keeps and compares: text in NFC, ids in lower case,
dates and moments in ISO form, decimals as plain strings. ``to_column`` gives the Python value of the typed
table's column.
"""

from __future__ import annotations

import re
import unicodedata
import uuid
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

import orjson
from marshmallow import RAISE, Schema, ValidationError
from marshmallow.fields import Field

from config.mail import LONGEST_ADDRESS, is_address

LONGEST_TEXT = 8000
ERASED = "[đã xóa theo quy định của pháp luật]"
"""What stands in a text that was erased under the law and that a record cannot be without."""
SHA256 = re.compile(r"[0-9a-f]{64}")
WORDS = {
    "sha256": "Phải là SHA-256: 64 chữ số thập lục phân. / Must be a SHA-256: 64 hexadecimal digits.",
    "text": "Phải là chữ. / Must be text.",
    "long": "Dài quá {maximum} ký tự. / Longer than {maximum} characters.",
    "control": "Có ký tự điều khiển. / Contains control characters.",
    "empty": "Không được để trống. / Must not be empty.",
    "email": "Phải là một địa chỉ thư điện tử. / Must be one e-mail address.",
    "identifier": "Phải là mã UUID. / Must be a UUID.",
    "choice": "Phải là một trong: {choices}. / Must be one of: {choices}.",
    "date": "Phải là một ngày, viết như 2026-11-25. / Must be a date YYYY-MM-DD.",
    "timestamp": "Phải là thời điểm RFC 3339 có múi giờ. / Must be an RFC 3339 moment with its offset.",
    "whole": "Phải là số nguyên từ {minimum} đến {maximum}. / Must be a whole number from {minimum} to {maximum}.",
    "amount": "Phải là số từ {minimum} đến {maximum}, tối đa {places} chữ số thập phân. / "
    "Must be a number from {minimum} to {maximum} with at most {places} decimal places.",
    "flag": "Phải là đúng hoặc sai. / Must be true or false.",
    "list": "Phải là danh sách không quá {maximum} mục. / Must be a list of at most {maximum} items.",
    "document": "Phải là dữ liệu JSON dưới {maximum} byte. / Must be JSON below {maximum} bytes.",
    "void": 'Phải là {{"reason": "…"}} hoặc null. / Must be {{"reason": "…"}} or null.',
}
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_RFC3339 = re.compile(r"\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d{1,9})?([Zz]|[+-]\d\d:\d\d)")


def _fail(key: str, **values: object) -> ValidationError:
    return ValidationError(WORDS[key].format(**values))


class Value(Field[Any]):
    """A field of a synced record. Absent means unchanged and null means none, unless the field is
    ``required``."""

    def __init__(self, *, required: bool = False) -> None:
        super().__init__(allow_none=not required)
        self.needed = required

    def to_column(self, value: Any) -> Any:
        """The column's value of a canonical JSON value that is not null."""
        return value


class Text(Value):
    """Text up to ``maximum`` characters, in NFC."""

    def __init__(self, *, maximum: int = LONGEST_TEXT, required: bool = False) -> None:
        super().__init__(required=required)
        self.maximum = maximum

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **_: Any) -> str:
        if not isinstance(value, str):
            raise _fail("text")
        text = unicodedata.normalize("NFC", value)
        if len(text) > self.maximum:
            raise _fail("long", maximum=self.maximum)
        if _CONTROL.search(text):
            raise _fail("control")
        if self.needed and not text.strip():
            raise _fail("empty")
        return text


class Email(Text):
    """One e-mail address."""

    def __init__(self, *, required: bool = False) -> None:
        super().__init__(required=required, maximum=LONGEST_ADDRESS)

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **_: Any) -> str:
        text = super()._deserialize(value, attr, data)
        if not is_address(text):
            raise _fail("email")
        return text


class Sha256(Text):
    """A SHA-256 in hex digits, kept in lower case."""

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **options: Any
    ) -> str:
        digest = super()._deserialize(value, attr, data, **options).lower()
        if not SHA256.fullmatch(digest):
            raise ValidationError(WORDS["sha256"])
        return digest


class Choice(Value):
    """One of a closed set of words."""

    def __init__(self, choices: Iterable[str], *, required: bool = False) -> None:
        super().__init__(required=required)
        self.choices = tuple(str(choice) for choice in choices)

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **_: Any) -> str:
        if value not in self.choices:
            raise _fail("choice", choices=", ".join(self.choices))
        return str(value)


class Identifier(Value):
    """The id of a record."""

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **_: Any) -> str:
        try:
            return str(uuid.UUID(value))
        except (ValueError, AttributeError, TypeError):
            raise _fail("identifier") from None

    def to_column(self, value: Any) -> uuid.UUID:
        """The id."""
        return uuid.UUID(value)


class Date(Value):
    """A day of the calendar."""

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **_: Any) -> str:
        try:
            if len(value) != 10:
                raise ValueError
            return date.fromisoformat(value).isoformat()
        except (ValueError, TypeError):
            raise _fail("date") from None

    def to_column(self, value: Any) -> date:
        """The day."""
        return date.fromisoformat(value)


class Timestamp(Value):
    """A moment with its offset."""

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **_: Any) -> str:
        return moment(value)

    def to_column(self, value: Any) -> datetime:
        """The moment, with its offset."""
        return datetime.fromisoformat(value)


def moment(value: Any) -> str:
    """The canonical text of an RFC 3339 moment.

    :raises ValidationError: when it is none.
    """
    if not isinstance(value, str) or not _RFC3339.fullmatch(value):
        raise _fail("timestamp")
    try:
        parsed = datetime.fromisoformat(value.upper())
        parsed.astimezone(UTC)
        return parsed.isoformat()
    except (ValueError, OverflowError):
        raise _fail("timestamp") from None


class Whole(Value):
    """A whole number within bounds."""

    def __init__(self, *, minimum: int = 0, maximum: int = 2**53 - 1, required: bool = False) -> None:
        super().__init__(required=required)
        self.minimum, self.maximum = minimum, maximum

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **_: Any) -> int:
        if not isinstance(value, int) or isinstance(value, bool) or not self.minimum <= value <= self.maximum:
            raise _fail("whole", minimum=self.minimum, maximum=self.maximum)
        return value


class Amount(Value):
    """A decimal number, kept as a plain string so that no binary fraction ever touches it."""

    def __init__(
        self,
        *,
        places: int = 6,
        minimum: str = "-1000000000000",
        maximum: str = "1000000000000",
        required: bool = False,
    ) -> None:
        super().__init__(required=required)
        self.places, self.minimum, self.maximum = places, Decimal(minimum), Decimal(maximum)

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **_: Any) -> str:
        refusal = _fail("amount", minimum=self.minimum, maximum=self.maximum, places=self.places)
        if isinstance(value, bool) or not isinstance(value, (str, int, float)) or len(str(value)) > 40:
            raise refusal
        try:
            number = Decimal(str(value))
        except InvalidOperation:
            raise refusal from None
        if not number.is_finite() or not self.minimum <= number <= self.maximum:
            raise refusal
        text = format(number.normalize(), "f")
        if len(text.partition(".")[2]) > self.places:
            raise refusal
        return "0" if text in {"-0", ""} else text

    def to_column(self, value: Any) -> Decimal:
        """The number, digit for digit."""
        return Decimal(value)


class Flag(Value):
    """Yes or no."""

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **_: Any) -> bool:
        if not isinstance(value, bool):
            raise _fail("flag")
        return value


class _Several(Value):
    item: Value

    def __init__(self, *, maximum: int = 500, required: bool = False) -> None:
        super().__init__(required=required)
        self.maximum = maximum

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **_: Any
    ) -> list[str]:
        if not isinstance(value, list) or len(value) > self.maximum:
            raise _fail("list", maximum=self.maximum)
        return [str(self.item.deserialize(each)) for each in value]


class Identifiers(_Several):
    """A list of record ids, as a whole one value. Lists that several people add to are records instead."""

    item = Identifier(required=True)


class Texts(_Several):
    """A list of short texts, as a whole one value."""

    item: Value = Text(maximum=500, required=True)


class Choices(Texts):
    """A list of words of a closed set, each once, in the order of the set."""

    def __init__(self, choices: Iterable[str], *, required: bool = False) -> None:
        super().__init__(required=required)
        self.choices = tuple(str(choice) for choice in choices)
        self.item = Choice(self.choices, required=True)

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **_: Any
    ) -> list[str]:
        words = super()._deserialize(value, attr, data)
        return [choice for choice in self.choices if choice in words]


class Amounts(_Several):
    """A list of decimal numbers within bounds, as a whole one value, each kept as a plain string."""

    def __init__(self, *, minimum: str, maximum: str, most: int = 500) -> None:
        super().__init__(maximum=most)
        self.item = Amount(minimum=minimum, maximum=maximum, required=True)


class Document(Value):
    """Any JSON below ``maximum`` bytes, text in NFC, without fractions (decimals are strings)."""

    def __init__(self, *, maximum: int = 60_000, required: bool = False) -> None:
        super().__init__(required=required)
        self.maximum = maximum

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **_: Any) -> Any:
        try:
            if len(orjson.dumps(value)) > self.maximum:
                raise ValueError
            return _normal(value, 12)
        except (TypeError, ValueError):
            raise _fail("document", maximum=self.maximum) from None


def _normal(value: Any, depth: int) -> Any:
    if depth == 0:
        raise ValueError("too deep")
    if isinstance(value, str):
        if _CONTROL.search(value):
            raise ValueError("control character")
        return unicodedata.normalize("NFC", value)
    if isinstance(value, list):
        return [_normal(item, depth - 1) for item in value]
    if isinstance(value, dict):
        return {_normal(key, depth - 1): _normal(item, depth - 1) for key, item in value.items()}
    if isinstance(value, float):
        return format(Decimal(str(value)).normalize(), "f")
    return value


class Void(Value):
    """``{"reason": "…"}`` voids a record, null restores it; ``moved_to`` names the record it lives on as."""

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **_: Any
    ) -> dict[str, str]:
        if not isinstance(value, dict) or not value.keys() <= {"reason", "moved_to"} or "reason" not in value:
            raise _fail("void")
        clean = {"reason": str(Text(maximum=2000, required=True).deserialize(value["reason"]))}
        if "moved_to" in value:
            clean["moved_to"] = str(Identifier(required=True).deserialize(value["moved_to"]))
        return clean


class RecordSchema(Schema):
    """The fields of a kind. Unknown fields are refused by name."""

    class Meta:
        """Marshmallow's options."""

        unknown = RAISE

    voided = Void()
