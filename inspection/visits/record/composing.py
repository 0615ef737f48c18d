"""The visit record as an official document (biên bản, NĐ 30/2020/NĐ-CP Phụ lục I), composed from its content.

Printed is what was signed; what came later follows as numbered amendments and changes nothing above the signatures.
Contents in the order of the inspection record: decision, time and place, both sides, subject, findings one by one,
breaches with their legal basis, measures and demands, opinion of the establishment, annexes, signatures or the note of
a refusal.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from inspection.documents.model import Block, Cell, Document, Heading, Paragraph, Signatories, composed
from inspection.documents.numbers import long_date
from inspection.documents.tables import mark, numbered, text
from inspection.visits.record.content import Content
from inspection.visits.record.ending import annexes, signatories, small_print
from inspection.visits.record.references import NOTHING, VIETNAM, References, act_of, plain
from inspection.visits.record.standing import Standing

DRAFT = "DỰ THẢO"
MEASURED = ("instrument_check", "package_check", "sample")
PRINTED_ELSEWHERE = frozenset({"answer", "violation", "measure", "evidence"})


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
        Signatories(signatories(standing)),
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
            small_print=small_print(standing),
            annexes=tuple(annexes(standing, references)),
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
            member.get("name", NOTHING),
            member.get("position", ""),
            member.get("agency", ""),
            references.value("assignment", "duty", member.get("duty")),
        )
        for member in content["team"]
    )
    return [
        Heading("I. THÀNH PHẦN THAM GIA"),
        numbered(
            "team",
            "1. Đoàn kiểm tra",
            (
                text("Họ và tên", 1.7),
                text("Chức vụ", 1.4),
                text("Cơ quan", 1.8),
                text("Nhiệm vụ", 1.1),
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
                f"{words} ({subject})" if subject else words,
                references.value("answer", "result", answer.get("result")) if answer.get("result") else "",
                _noted(answer, references),
            )
            for _, subject, answer, words in sorted(answers, key=lambda one: one[:2])
        )
        blocks.append(
            numbered(
                f"answers-{number}",
                f"{number}. {title or 'Nội dung khác'}",
                (
                    text("Nội dung kiểm tra", 3.4),
                    mark("Kết quả", 0.9),
                    text("Ghi nhận", 2.3),
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
            (_described(kind, fields, references), references.verdict(kind, fields, day))
            for fields in parts.get(kind, {}).values()
        )
        if rows:
            blocks.append(
                numbered(
                    f"part-{kind}",
                    references.kind_name(kind),
                    (
                        text("Ghi nhận", 4.6),
                        text("Kết luận", 2.0),
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
    for violation in content["parts"].get("violation", {}).values():
        name, basis = act_of(violation, references)
        asked = [
            f"{references.label('violation', field)}: {references.value('violation', field, violation[field])}"
            for field in ("corrected", "due_on", "sanction", "amount", "decision_number")
            if field in violation
        ]
        rows.append((name, basis, violation.get("description", ""), "; ".join(asked)))
    return [
        Heading("IV. HÀNH VI CÓ DẤU HIỆU VI PHẠM"),
        numbered(
            "violations",
            "Hành vi ghi nhận khi kiểm tra",
            (
                text("Hành vi", 2.4),
                text("Căn cứ pháp lý", 1.7),
                text("Mô tả", 1.9),
                text("Yêu cầu, xử lý", 1.6),
            ),
            rows,
            empty="Tại thời điểm kiểm tra, không ghi nhận hành vi vi phạm.",
            small=True,
        ),
    ]


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
    for conflict in standing.open_conflicts:
        values = [conflict.stored, *conflict.candidates]
        said = "; ".join(
            f"{plain(conflict.target_kind, conflict.field, side.get('value'), references)}"
            f" ({references.people.get(str(side.get('user')), NOTHING)})"
            for side in values
        )
        rows.append((references.label(conflict.target_kind, conflict.field), said))
    return [
        Heading("VI. NỘI DUNG CHƯA THỐNG NHẤT TRONG ĐOÀN"),
        numbered(
            "conflicts",
            "Các giá trị đang ghi khác nhau",
            (
                text("Nội dung", 2.0),
                text("Ghi nhận của từng người", 4.6),
            ),
            rows,
            small=True,
        ),
    ]


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
