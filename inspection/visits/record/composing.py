"""The visit record as an official document (biên bản, NĐ 30/2020/NĐ-CP Phụ lục I), composed from its content.

Printed is what was signed; what came later follows as numbered amendments and changes nothing above the signatures.
Contents in the order of the inspection record: decision, time and place, both sides, subject, findings one by one,
breaches with their legal basis, measures and demands, opinion of the establishment, annexes, signatures or the note of
a refusal.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from inspection.documents.issuers import Issuer
from inspection.documents.model import (
    Annex,
    Block,
    Cell,
    Column,
    ColumnKind,
    Document,
    Heading,
    Paragraph,
    Picture,
    Pictures,
    Signatories,
    Signatory,
    Table,
    composed,
)
from inspection.documents.numbers import long_date, short_date
from inspection.visits.record.content import Content, fingerprint
from inspection.visits.record.drawing import svg
from inspection.visits.record.standing import Amendment, Signed, Standing

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
NOTHING = "—"
DRAFT = "DỰ THẢO"
MEASURED = ("instrument_check", "package_check", "sample")
PRINTED_ELSEWHERE = frozenset({"answer", "violation", "measure", "evidence"})
SIDES = (
    ("establishment", "ĐẠI DIỆN CƠ SỞ ĐƯỢC KIỂM TRA"),
    ("team", "ĐẠI DIỆN ĐOÀN KIỂM TRA"),
)


@dataclass(frozen=True, slots=True)
class Question:
    """A question of a checklist edition, in its order; ``options`` are the labels of its choices by name."""

    checklist: str
    place: int
    text: str
    options: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class References:
    """What the content names by id, and the words for its fields and choices in Vietnamese.

    ``questions`` are by checklist edition and item, ``acts`` (name, legal basis) by catalogue id and by code,
    ``people`` by id. ``label`` names a field of a kind and ``value`` writes its value; ``verdict`` is the judgement
    of a measured part by the law of the day, empty where there is none.
    """

    issuer: Issuer
    questions: Mapping[tuple[str, str], Question]
    acts: Mapping[str, tuple[str, str]]
    people: Mapping[str, str]
    photos: Mapping[str, Picture]
    label: Callable[[str, str], str]
    value: Callable[[str, str, Any], str]
    verdict: Callable[[str, Mapping[str, Any], date], str]
    kind_name: Callable[[str], str] = field(default=str)


def visit_record(standing: Standing, references: References) -> Document:
    """The document of a visit record: a draft while nobody has signed."""
    content = standing.signed
    moment = _moment_of(standing)
    day = date.fromisoformat(content["visit"]["visited_on"])
    blocks: list[Block] = [
        *_opening(content, references),
        *_people(content, references),
        *_establishment(content, references),
        *_findings(content, references, day),
        *_violations(content, references),
        *_measures(content, references),
        *_disputed(standing, references),
        *_opinion(content, "VII" if standing.open_conflicts else "VI"),
        *_closing(content, standing),
        Signatories(_signatories(standing)),
    ]
    campaign = content["campaign"]
    bases = [
        line.strip(" ;.") for line in str(campaign.get("legal_basis") or "").splitlines() if line.strip(" ;.")
    ]
    if campaign.get("decision_number"):
        decided = (
            f" {long_date(date.fromisoformat(campaign['decision_date']))}"
            if campaign.get("decision_date")
            else ""
        )
        bases.append(f"Quyết định kiểm tra số {campaign['decision_number']}{decided}")
    return composed(
        Document(
            identifier=standing.digest,
            moment=moment,
            day=day,
            issuer=references.issuer,
            type_name="BIÊN BẢN",
            type_symbol="BB",
            subject="Kiểm tra liên ngành",
            bases=tuple(bases),
            blocks=tuple(blocks),
            closing="",
            small_print=_small_print(standing),
            annexes=tuple(_annexes(standing, references)),
            draft="" if standing.is_signed else DRAFT,
            dated=False,
            footed=False,
        )
    )


def _moment_of(standing: Standing) -> datetime:
    """The only clock of the document: that of the first signature, before that of the visit."""
    visit = standing.signed["visit"]
    if standing.signatures:
        moment = standing.signatures[0].made_at
    elif visit.get("finished_at") or visit.get("started_at"):
        moment = datetime.fromisoformat(visit.get("finished_at") or visit["started_at"])
    else:
        moment = datetime.fromisoformat(f"{visit['visited_on']}T00:00:00+07:00")
    return moment.astimezone(VIETNAM)


def _at(text: str | None) -> str:
    if not text:
        return "…… giờ …… phút, ngày …… tháng …… năm ……"
    moment = datetime.fromisoformat(text).astimezone(VIETNAM)
    return f"{moment:%H} giờ {moment:%M} phút, {long_date(moment.date())}"


def _opening(content: Content, references: References) -> list[Block]:
    visit, place = content["visit"], content["establishment"]
    where = ", ".join(part for part in (place.get("address"), content["unit"]) if part)
    began = (
        _at(visit.get("started_at"))
        if visit.get("started_at")
        else long_date(date.fromisoformat(visit["visited_on"]))
    )
    return [
        Paragraph(
            f"Hôm nay, {began}, tại {place.get('name', NOTHING)}{f' ({where})' if where else ''}, "
            f"{references.issuer.team} tiến hành kiểm tra và lập biên bản này."
        )
    ]


def _people(content: Content, references: References) -> list[Block]:
    rows = tuple(
        (
            number,
            member.get("name", NOTHING),
            member.get("position", ""),
            member.get("agency", ""),
            references.value("assignment", "duty", member.get("duty")),
        )
        for number, member in enumerate(content["team"], 1)
    )
    return [
        Heading("I. THÀNH PHẦN THAM GIA"),
        Table(
            "team",
            "1. Đoàn kiểm tra",
            (
                Column("TT", ColumnKind.MARK, 0.4),
                Column("Họ và tên", width=1.7),
                Column("Chức vụ", width=1.4),
                Column("Cơ quan", width=1.8),
                Column("Nhiệm vụ", width=1.1),
            ),
            rows,
            empty="Chưa phân công thành viên.",
        ),
        Paragraph(f"2. Đại diện cơ sở: {content['visit'].get('representative', NOTHING)}."),
    ]


def _establishment(content: Content, references: References) -> list[Block]:
    place = content["establishment"]
    facts = [
        f"{references.label('establishment', name)}: {references.value('establishment', name, place[name])}"
        for name in ("name", "establishment_type", "owner", "address", "licence_number", "phone")
        if place.get(name)
    ]
    if content["unit"]:
        facts.append(f"Địa bàn: {content['unit']}")
    return [Heading("II. CƠ SỞ ĐƯỢC KIỂM TRA"), *(Paragraph(fact, bullet=True) for fact in facts)]


def _findings(content: Content, references: References, day: date) -> list[Block]:
    blocks: list[Block] = [Heading("III. NỘI DUNG VÀ KẾT QUẢ KIỂM TRA")]
    lines: dict[str, list[tuple[int, str, Mapping[str, Any], str]]] = {}
    for answer in content["parts"].get("answer", {}).values():
        if not {"result", "value", "chosen", "day", "text", "note", "reason"} & answer.keys():
            continue
        asked = references.questions.get((answer.get("checklist", ""), answer["item"]))
        title, place, words = (
            (asked.checklist, asked.place, asked.text) if asked else ("", 9999, answer["item"])
        )
        lines.setdefault(title, []).append((place, answer.get("subject", ""), answer, words))
    for number, (title, answers) in enumerate(sorted(lines.items(), key=lambda one: (not one[0], one[0])), 1):
        rows = tuple(
            (
                line,
                f"{words} ({subject})" if subject else words,
                references.value("answer", "result", answer.get("result")) if answer.get("result") else "",
                _noted(answer, references),
            )
            for line, (_, subject, answer, words) in enumerate(sorted(answers, key=lambda one: one[:2]), 1)
        )
        blocks.append(
            Table(
                f"answers-{number}",
                f"{number}. {title or 'Nội dung khác'}",
                (
                    Column("TT", ColumnKind.MARK, 0.4),
                    Column("Nội dung kiểm tra", width=3.4),
                    Column("Kết quả", ColumnKind.MARK, 0.9),
                    Column("Ghi nhận", width=2.3),
                ),
                rows,
                small=True,
            )
        )
    blocks += _other_parts(content, references, day)
    if len(blocks) == 1:
        blocks.append(Paragraph("Chưa ghi nhận nội dung nào."))
    if content["visit"].get("note"):
        blocks.append(Paragraph(f"Ghi nhận khác: {content['visit']['note']}"))
    return blocks


def _noted(answer: Mapping[str, Any], references: References) -> str:
    asked = references.questions.get((answer.get("checklist", ""), answer["item"]))
    options = asked.options if asked else {}
    said = [options.get(name, name) for name in answer.get("chosen", ())]
    if "day" in answer:
        said.append(references.value("answer", "day", answer["day"]))
    if "value" in answer:
        said.append(
            f"{references.value('answer', 'value', answer['value'])} {answer.get('unit', '')}".strip()
        )
    said += [str(answer[name]) for name in ("text", "reason", "note") if answer.get(name)]
    return "; ".join(said)


def _other_parts(content: Content, references: References, day: date) -> list[Block]:
    """Whatever else was recorded under the visit, a table a kind, every field by its name."""
    parts = content["parts"]
    kinds = [*MEASURED, *sorted(parts.keys() - PRINTED_ELSEWHERE - set(MEASURED))]
    blocks: list[Block] = []
    for kind in kinds:
        rows = tuple(
            (number, _described(kind, fields, references), references.verdict(kind, fields, day))
            for number, fields in enumerate(parts.get(kind, {}).values(), 1)
        )
        if rows:
            blocks.append(
                Table(
                    f"part-{kind}",
                    references.kind_name(kind),
                    (
                        Column("TT", ColumnKind.MARK, 0.4),
                        Column("Ghi nhận", width=4.6),
                        Column("Kết luận", width=2.0),
                    ),
                    rows,
                    small=True,
                )
            )
    return blocks


def _described(kind: str, fields: Mapping[str, Any], references: References) -> str:
    return "; ".join(
        f"{references.label(kind, name)}: {references.value(kind, name, value)}"
        for name, value in fields.items()
        if name != "verdict"
    )


def _violations(content: Content, references: References) -> list[Block]:
    rows = []
    for number, violation in enumerate(content["parts"].get("violation", {}).values(), 1):
        name, basis = act_of(violation, references)
        asked = [
            f"{references.label('violation', field)}: {references.value('violation', field, violation[field])}"
            for field in ("corrected", "due_on", "sanction", "amount", "decision_number")
            if field in violation
        ]
        rows.append((number, name, basis, violation.get("description", ""), "; ".join(asked)))
    return [
        Heading("IV. HÀNH VI CÓ DẤU HIỆU VI PHẠM"),
        Table(
            "violations",
            "Hành vi ghi nhận khi kiểm tra",
            (
                Column("TT", ColumnKind.MARK, 0.4),
                Column("Hành vi", width=2.4),
                Column("Căn cứ pháp lý", width=1.7),
                Column("Mô tả", width=1.9),
                Column("Yêu cầu, xử lý", width=1.6),
            ),
            tuple(rows),
            empty="Tại thời điểm kiểm tra, không ghi nhận hành vi vi phạm.",
            small=True,
        ),
    ]


def act_of(violation: Mapping[str, Any], references: References) -> tuple[str, str]:
    """The name and the legal basis of a violation, by the catalogue entry it names, else by its code."""
    for key in (violation.get("violation_type"), violation.get("code")):
        if key in references.acts:
            name, basis = references.acts[str(key)]
            return f"{violation['code']}: {name}", basis
    return "Hành vi ngoài danh mục" if violation.get("code") == "other" else str(violation.get("code")), ""


def _measures(content: Content, references: References) -> list[Block]:
    said = [
        _described("measure", {name: value for name, value in one.items() if name != "violation"}, references)
        for one in content["parts"].get("measure", {}).values()
    ]
    photos = len(content["parts"].get("evidence", {}))
    return [
        Heading("V. BIỆN PHÁP ĐÃ ÁP DỤNG, TÀI LIỆU KÈM THEO"),
        *(Paragraph(line, bullet=True) for line in said or ["Không áp dụng biện pháp tại chỗ."]),
        Paragraph(
            f"Hình ảnh, tài liệu kèm theo: {photos} (xem phụ lục)."
            if photos
            else "Không có tài liệu kèm theo.",
            bullet=True,
        ),
    ]


def _disputed(standing: Standing, references: References) -> list[Block]:
    if not standing.open_conflicts:
        return []
    rows: list[tuple[Cell, ...]] = []
    for number, conflict in enumerate(standing.open_conflicts, 1):
        values = [conflict.stored, *conflict.candidates]
        said = "; ".join(
            f"{_plain(conflict.target_kind, conflict.field, side.get('value'), references)}"
            f" ({references.people.get(str(side.get('user')), NOTHING)})"
            for side in values
        )
        rows.append((number, references.label(conflict.target_kind, conflict.field), said))
    return [
        Heading("VI. NỘI DUNG CHƯA THỐNG NHẤT TRONG ĐOÀN"),
        Table(
            "conflicts",
            "Các giá trị đang ghi khác nhau",
            (
                Column("TT", ColumnKind.MARK, 0.4),
                Column("Nội dung", width=2.0),
                Column("Ghi nhận của từng người", width=4.6),
            ),
            tuple(rows),
            small=True,
        ),
    ]


def _plain(kind: str, name: str, value: Any, references: References) -> str:
    if isinstance(value, Mapping):
        return ", ".join(
            references.value(kind, member, one) for member, one in value.items() if one is not None
        )
    return references.value(kind, name, value)


def _opinion(content: Content, number: str) -> list[Block]:
    return [
        Heading(f"{number}. Ý KIẾN CỦA CƠ SỞ"),
        Paragraph(content["visit"].get("opinion") or "Cơ sở không có ý kiến khác."),
    ]


def _closing(content: Content, standing: Standing) -> list[Block]:
    ended = _at(content["visit"].get("finished_at"))
    if not standing.is_signed:
        return [Paragraph(f"Việc kiểm tra kết thúc hồi {ended}. Bản này chưa được ký, chưa có giá trị.")]
    return [
        Paragraph(
            f"Việc kiểm tra kết thúc hồi {ended}. Biên bản đã được đọc lại cho những người có mặt cùng nghe; "
            "những người ký tên dưới đây công nhận nội dung ghi trên là đúng. "
            "Biên bản lập thành 02 bản có nội dung như nhau, giao cho cơ sở 01 bản."
        )
    ]


def _signatories(standing: Standing) -> tuple[Signatory, ...]:
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


def _small_print(standing: Standing) -> str:
    state = "Nội dung khi ký" if standing.is_signed else "Nội dung hiện có, chưa ký"
    lost = "" if standing.kept else " Điện thoại chưa gửi nội dung đã ký: in theo dữ liệu hiện có."
    damaged = "" if standing.whole else " CẢNH BÁO: nội dung lưu không khớp mã đã ký."
    return (
        f"{state}: SHA-256 {standing.digest}. Mã đối chiếu: {fingerprint(standing.digest)}."
        f" Lượt kiểm tra {standing.visit}.{lost}{damaged}"
    )


def _annexes(standing: Standing, references: References) -> list[Annex]:
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
                f"{references.label(one.kind, name)}: {_plain(one.kind, name, value, references)}"
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
                Column("Lần", ColumnKind.MARK, 0.5),
                Column("Bản ghi", width=1.3),
                Column("Nội dung", width=3.7),
                Column("Người ghi, lúc", width=1.5),
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
