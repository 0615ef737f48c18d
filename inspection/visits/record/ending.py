"""The end of a visit record: who signed, what vouches for the content, what came later, the photos. Pure."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime

from inspection.documents.model import Annex, Block, Paragraph, Pictures, Signatory, Table
from inspection.documents.numbers import short_date
from inspection.documents.tables import mark, text
from inspection.visits.record.content import Content, fingerprint
from inspection.visits.record.drawing import svg
from inspection.visits.record.references import NOTHING, VIETNAM, References, plain
from inspection.visits.record.standing import Amendment, Signed, Standing

SIDES = (
    ("establishment", "ĐẠI DIỆN CƠ SỞ ĐƯỢC KIỂM TRA"),
    ("team", "ĐẠI DIỆN ĐOÀN KIỂM TRA"),
)


def signatories(standing: Standing) -> tuple[Signatory, ...]:
    """Both sides, as far as they have signed or refused to."""
    return tuple(
        _side(title, [one for one in standing.signatures if one.signature.party == party])
        for party, title in SIDES
    )


def _side(title: str, signatures: Sequence[Signed]) -> Signatory:
    if not signatures:
        return Signatory(title, "(Ký, ghi rõ họ tên)")
    given = signatures[0]
    signature = given.signature
    notes = [signature.position] if signature.position else []
    if signature.refused:
        notes.append(f"Từ chối ký: {signature.refusal_reason or NOTHING}")
        notes += [f"Người chứng kiến: {witness}" for witness in signature.witnesses or []]
    notes.append(_when(given.made_at))
    notes += [f"Ký lại: {one.signature.name}, {_when(one.made_at)}" for one in signatures[1:]]
    hint = "(Không ký)" if signature.refused else "(Đã ký trên điện thoại)"
    return Signatory(title, hint, svg(signature.strokes), signature.name, tuple(notes))


def small_print(standing: Standing) -> str:
    """What was signed, by its digest, and what is not as it should be."""
    state = "Nội dung khi ký" if standing.is_signed else "Nội dung hiện có, chưa ký"
    lost = "" if standing.kept else " Điện thoại chưa gửi nội dung đã ký: in theo dữ liệu hiện có."
    damaged = "" if standing.whole else " CẢNH BÁO: nội dung lưu không khớp mã đã ký."
    return (
        f"{state}: SHA-256 {standing.digest}. Mã đối chiếu: {fingerprint(standing.digest)}."
        f" Lượt kiểm tra {standing.visit}.{lost}{damaged}"
    )


def annexes(standing: Standing, references: References) -> list[Annex]:
    """What came after the signatures, and the photos."""
    photos = [
        references.photos[one]
        for one in standing.signed["parts"].get("evidence", {})
        if one in references.photos
    ]
    found: list[tuple[str, tuple[Block, ...]]] = []
    if standing.amendments:
        found.append(("BỔ SUNG SAU KHI KÝ", _amended(standing.amendments, references)))
    if photos:
        found.append(("HÌNH ẢNH KÈM THEO", (Pictures(tuple(photos)),)))
    numbers = ("I", "II") if len(found) > 1 else ("",)
    return [
        Annex(number, title, blocks, landscape=False)
        for number, (title, blocks) in zip(numbers, found, strict=False)
    ]


def _amended(amendments: Sequence[Amendment], references: References) -> tuple[Block, ...]:
    rows = tuple(
        (
            one.number,
            references.kind_name(one.kind),
            "; ".join(
                f"{references.label(one.kind, name)}: {plain(one.kind, name, value, references)}"
                for name, value in one.fields.items()
                if name != "visit"
            ),
            f"{references.people.get(str(one.person), NOTHING)}, {_when(one.made_at)}",
        )
        for one in amendments
    )
    return (
        Paragraph("Những nội dung dưới đây được ghi sau khi biên bản đã ký; phần đã ký không thay đổi."),
        Table(
            "amendments",
            "Các lần bổ sung",
            (
                mark("Lần", 0.5),
                text("Bản ghi", 1.3),
                text("Nội dung", 3.7),
                text("Người ghi, lúc", 1.5),
            ),
            rows,
            small=True,
        ),
    )


def _when(made_at: datetime) -> str:
    local = made_at.astimezone(VIETNAM)
    return f"{local:%H:%M} ngày {short_date(local.date())}"


def evidence_ids(content: Content) -> list[uuid.UUID]:
    """The photos and papers of a content."""
    return [uuid.UUID(one) for one in content["parts"].get("evidence", {})]
