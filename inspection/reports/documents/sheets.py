"""The tables and the chart of the violation summary, from its figures. Pure."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from inspection.documents.model import Bar, Bars, Cell, Chart, Column, ColumnKind, Table
from inspection.documents.numbers import decimal, short_date
from inspection.reports.shapes import Figures, PlaceRow, SampleRow
from inspection.reports.wordlists import field_names

TEXT, NUMBER, MARK = ColumnKind.TEXT, ColumnKind.NUMBER, ColumnKind.MARK
OPEN_CONFLICT_KINDS = {
    "visit": "Lượt kiểm tra",
    "violation": "Vi phạm",
    "measure": "Biện pháp",
    "answer": "Câu trả lời",
    "establishment": "Cơ sở",
}


def _rate(value: str | None) -> Decimal | None:
    return None if value is None else Decimal(value)


def _day(iso: str) -> str:
    return short_date(date.fromisoformat(iso)) if iso else ""


def results(figures: Figures) -> Table:
    """Bảng 1."""
    rows = figures["tables"]["results"]
    return Table(
        key="Bảng 1",
        title="Bảng 1. Kết quả kiểm tra",
        columns=(
            Column("TT", MARK, 0.5),
            Column("Loại hình cơ sở thực phẩm", TEXT, 3),
            Column("Tổng số cơ sở", NUMBER),
            Column("Số cơ sở được kiểm tra", NUMBER),
            Column("Số cơ sở đạt", NUMBER),
            Column("Tỷ lệ % đạt", NUMBER),
        ),
        rows=tuple(
            (
                "" if row["key"] == "total" else position,
                row["name_vi"],
                row["registered"],
                row["inspected"],
                row["passed"],
                _rate(row["share_passed"]),
            )
            for position, row in enumerate(rows, 1)
        ),
        strong=frozenset({len(rows) - 1}),
        counted=3,
        note="Tỷ lệ tính trên số cơ sở được kiểm tra, làm tròn đến một chữ số thập phân; dòng không có cơ sở"
        " được kiểm tra thì không có tỷ lệ.",
    )


def handling(figures: Figures) -> Table:
    """Bảng 2."""
    rows = figures["tables"]["handling"]
    return Table(
        key="Bảng 2",
        title="Bảng 2. Tình hình vi phạm và xử lý",
        columns=(
            Column("TT", MARK, 0.5),
            Column("Tổng hợp tình hình vi phạm", TEXT, 4),
            Column("Số lượng (cơ sở)", NUMBER, 1.2),
            Column("Số sản phẩm", NUMBER),
            Column("Tỷ lệ % so với số được kiểm tra", NUMBER, 1.4),
        ),
        rows=tuple(
            (
                row["number"],
                row["name_vi"],
                row["establishments"] if row["amount"] is None else row["amount"],
                row["products"],
                _rate(row["share"]),
            )
            for row in rows
        ),
        strong=frozenset(
            index for index, row in enumerate(rows) if row["number"] in {"1", "2", "3", "4", "5"}
        ),
        note="Một cơ sở có thể bị nhiều hình thức xử lý. Dòng 2 bằng tổng các dòng 3, 4 và 5.",
    )


def contents(figures: Figures) -> Table:
    """Bảng 3."""
    rows = figures["tables"]["contents"]
    return Table(
        key="Bảng 3",
        title="Bảng 3. Nội dung vi phạm",
        columns=(
            Column("TT", MARK, 0.5),
            Column("Nội dung", TEXT, 4),
            Column("Số cơ sở vi phạm", NUMBER, 1.3),
            Column("Tỷ lệ %", NUMBER),
        ),
        rows=tuple(
            (position, row["name_vi"], row["establishments"], _rate(row["share"]))
            for position, row in enumerate(rows, 1)
        ),
        note="Một cơ sở có thể vi phạm nhiều nội dung; tỷ lệ tính trên số cơ sở được kiểm tra.",
    )


def months(figures: Figures) -> Table:
    """The period month by month, with one column for each severity that occurs."""
    severities = (
        figures["by_severity"] if len(figures["by_severity"]) <= 4 else []
    )  # more do not fit the page
    rows: list[tuple[Cell, ...]] = []
    for row in figures["by_month"]:
        found = {one["key"]: one["count"] for one in row["by_severity"]}
        rows.append(
            (
                _month(row["key"]),
                f"{_day(row['first'])} – {_day(row['last'])}",
                row["establishments"],
                row["visits"],
                row["visits_with_violation"],
                row["visits_without_violation"],
                row["violations"],
                *(found.get(one["key"], 0) for one in severities),
            )
        )
    totals = figures["totals"]
    rows.append(
        (
            "Cả kỳ",
            f"{_day(figures['period']['first'])} – {_day(figures['period']['last'])}",
            totals["establishments"],
            totals["visits"],
            totals["visits_with_violation"],
            totals["visits_without_violation"],
            totals["violations"],
            *(one["count"] for one in severities),
        )
    )
    return Table(
        key="Theo tháng",
        title="Biểu 1. Kết quả kiểm tra theo tháng",
        columns=(
            Column("Tháng", TEXT, 1),
            Column("Từ ngày – đến ngày", TEXT, 2),
            Column("Số cơ sở", NUMBER),
            Column("Số lượt", NUMBER),
            Column("Lượt có vi phạm", NUMBER),
            Column("Lượt không vi phạm", NUMBER),
            Column("Số vi phạm", NUMBER),
            *(Column(f"Mức độ: {one['name_vi']}", NUMBER) for one in severities),
        ),
        rows=tuple(rows),
        strong=frozenset({len(rows) - 1}),
        note="Một cơ sở được kiểm tra ở nhiều tháng tính một lần trong dòng cả kỳ, nên dòng này có thể nhỏ hơn"
        " tổng các tháng.",
        small=True,
    )


def places(figures: Figures, rows: list[PlaceRow], key: str, title: str, name: str) -> Table:
    """A breakdown by commune or by type of establishment."""
    totals = figures["totals"]
    total: tuple[Cell, ...] = (
        "",
        "Tổng số",
        totals["establishments"],
        totals["establishments_with_violation"],
        totals["visits"],
        totals["visits_with_violation"],
        totals["violations"],
    )
    lines: list[tuple[Cell, ...]] = [
        (
            position,
            row["name_vi"],
            row["establishments"],
            row["establishments_with_violation"],
            row["visits"],
            row["visits_with_violation"],
            row["violations"],
        )
        for position, row in enumerate(rows, 1)
    ]
    return Table(
        key=key,
        title=title,
        columns=(
            Column("TT", MARK, 0.4),
            Column(name, TEXT, 3),
            Column("Số cơ sở", NUMBER),
            Column("Cơ sở có vi phạm", NUMBER),
            Column("Số lượt", NUMBER),
            Column("Lượt có vi phạm", NUMBER),
            Column("Số vi phạm", NUMBER),
        ),
        rows=(*lines, total),
        strong=frozenset({len(lines)}),
        small=True,
        counted=2,
    )


def by_unit(figures: Figures) -> Table:
    """The breakdown by commune."""
    title = "Biểu 2. Kết quả theo địa bàn"
    return places(figures, figures["by_unit"], "Theo địa bàn", title, "Xã, phường, thị trấn")


def by_establishment_type(figures: Figures) -> Table:
    """The breakdown by type of establishment."""
    title = "Biểu 3. Kết quả theo loại hình cơ sở"
    return places(figures, figures["by_establishment_type"], "Theo loại hình", title, "Loại hình")


def by_risk(figures: Figures) -> Table:
    """The breakdown by the office's estimate of risk."""
    title = "Biểu 3a. Kết quả theo mức nguy cơ"
    return places(figures, figures["by_risk"], "Theo nguy cơ", title, "Mức nguy cơ")


def agencies(figures: Figures) -> Table:
    """The visits and establishments of each agency."""
    return Table(
        key="Theo cơ quan",
        title="Biểu 4a. Kết quả theo cơ quan tham gia",
        columns=(
            Column("TT", MARK, 0.4),
            Column("Cơ quan", TEXT, 4),
            Column("Số đợt", NUMBER),
            Column("Số cơ sở", NUMBER),
            Column("Số lượt", NUMBER),
        ),
        rows=tuple(
            (position, row["name"], row["campaigns"], row["establishments"], row["visits"])
            for position, row in enumerate(figures["by_agency"], 1)
        ),
        note="Các cơ quan cùng đi kiểm tra nên không cộng các dòng.",
        empty="Không có lượt kiểm tra trong kỳ.",
        small=True,
    )


def measures(figures: Figures) -> Table:
    """Measures taken or demanded, with their two counts and the quantities that were written down."""
    return Table(
        key="Biện pháp",
        title="Biểu 5a. Hình thức phạt bổ sung, biện pháp khắc phục hậu quả",
        columns=(
            Column("TT", MARK, 0.4),
            Column("Biện pháp", TEXT, 3),
            Column("Số cơ sở", NUMBER),
            Column("Số sản phẩm", NUMBER),
            Column("Số lượng ghi nhận", TEXT, 2),
        ),
        rows=tuple(
            (
                position,
                row["name_vi"],
                row["establishments"],
                row["products"],
                "; ".join(
                    f"{decimal(Decimal(one['amount']))} {one['unit']}".strip() for one in row["quantities"]
                ),
            )
            for position, row in enumerate(figures["measures"], 1)
        ),
        small=True,
    )


def samples(figures: Figures) -> Table:
    """Bảng 4."""
    rows = figures["samples"] if figures["schema"] < 3 else _with_tests(figures)
    return Table(
        key="Bảng 4",
        title="Bảng 4. Kết quả kiểm nghiệm mẫu",
        columns=(
            Column("TT", MARK, 0.5),
            Column("Loại", TEXT, 3),
            Column("Tổng số mẫu", NUMBER),
            Column("Đạt", NUMBER),
            Column("Không đạt", NUMBER),
            Column("Chưa có kết quả", NUMBER),
            Column("Tỷ lệ % không đạt", NUMBER),
        ),
        rows=tuple(
            (
                position if figures["schema"] < 3 and row["key"] != "total" else "",
                row["name_vi"],
                row["total"],
                row["passed"],
                row["failed"],
                row["pending"],
                _rate(row["share"]),
            )
            for position, row in enumerate(rows, 1)
        ),
        strong=frozenset(
            place for place, row in enumerate(rows) if "." not in row["key"] and figures["schema"] > 2
        )
        | {len(rows) - 1},
        note="Tỷ lệ tính trên số mẫu đã có kết quả.",
    )


def _with_tests(figures: Figures) -> list[SampleRow]:
    """Each part of Bảng 4 after the groups of indicators that it is the sum of."""
    rows: list[SampleRow] = []
    for part in figures["samples"]:
        rows += [row for row in figures["samples_by_test"] if row["part"] == part["key"]]
        rows.append(part)
    return rows


def campaigns(figures: Figures) -> Table:
    """What came of each campaign."""
    return Table(
        key="Theo đợt",
        title="Biểu 1a. Kết quả theo đợt kiểm tra",
        columns=(
            Column("TT", MARK, 0.4),
            Column("Đợt kiểm tra", TEXT, 3.4),
            Column("Số cơ sở", NUMBER),
            Column("Đạt", NUMBER),
            Column("Cơ sở có vi phạm", NUMBER),
            Column("Số lượt", NUMBER),
            Column("Số vi phạm", NUMBER),
            Column("Phạt tiền", NUMBER),
            Column("Số tiền (đồng)", NUMBER, 1.4),
        ),
        rows=tuple(
            (
                position,
                row["name"] or "Đợt không rõ tên",
                row["establishments"],
                row["passed"],
                row["in_breach"],
                row["visits"],
                row["violations"],
                row["fines"],
                row["fines_total"],
            )
            for position, row in enumerate(figures["campaign_results"], 1)
        ),
        note="Một cơ sở được kiểm tra trong nhiều đợt tính ở mỗi đợt một lần; số lượt, số vi phạm và tiền phạt cộng lại"
        " bằng cả kỳ.",
        empty="Không có lượt kiểm tra trong kỳ.",
        small=True,
        counted=2,
    )


def instruments(figures: Figures) -> Table:
    """Measuring instruments by kind, and lots of prepackages."""
    rows, packages = figures["instruments"], figures["packages"]
    found = "có kết luận không đạt" if packages["failed"] else "không lô nào bị kết luận không đạt"
    failed = f"{packages['failed']} lô {found}" if packages["failed"] else found
    note = (
        f"Hàng đóng gói sẵn: {packages['checked']} lô được kiểm tra, {failed}." if packages["checked"] else ""
    )
    return Table(
        key="Phương tiện đo",
        title="Biểu 4b. Phương tiện đo được kiểm tra",
        columns=(
            Column("TT", MARK, 0.4),
            Column("Loại phương tiện đo", TEXT, 4),
            Column("Đã kiểm tra", NUMBER),
            Column("Hết hạn, không có kiểm định", NUMBER, 1.4),
            Column("Sai số vượt mức", NUMBER),
            Column("Chưa đủ số liệu", NUMBER),
        ),
        rows=tuple(
            (
                "" if row["key"] == "total" else position,
                row["name_vi"],
                row["checked"],
                row["expired"],
                row["out_of_tolerance"],
                row["unjudged"],
            )
            for position, row in enumerate(rows, 1)
        ),
        strong=frozenset({len(rows) - 1}),
        note=note,
        small=True,
    )


def places_chart(figures: Figures) -> Bars:
    """Establishments by commune, those in breach first."""
    return Bars(
        title="Biểu đồ. Số cơ sở được kiểm tra theo địa bàn",
        lower_name="có vi phạm",
        upper_name="đạt",
        bars=tuple(
            Bar(
                row["name_vi"],
                row["establishments_with_violation"],
                row["establishments"] - row["establishments_with_violation"],
            )
            for row in figures["by_unit"]
        ),
    )


def domains(figures: Figures) -> Table:
    """The breakdown by domain of inspection; figures of the first edition do not know how many establishments."""
    second = figures["schema"] > 1
    return Table(
        key="Theo lĩnh vực",
        title="Biểu 4. Vi phạm theo lĩnh vực",
        columns=(
            Column("TT", MARK, 0.4),
            Column("Lĩnh vực", TEXT, 3),
            *((Column("Số cơ sở", NUMBER),) if second else ()),
            Column("Số lượt", NUMBER),
            Column("Cơ sở có vi phạm", NUMBER),
            Column("Số vi phạm", NUMBER),
        ),
        rows=tuple(
            (
                position,
                row["name_vi"],
                *((row["establishments"],) if second else ()),
                row["visits"],
                row["establishments_with_violation"],
                row["violations"],
            )
            for position, row in enumerate(figures["by_domain"], 1)
        ),
        note="Một lượt kiểm tra có thể thuộc nhiều lĩnh vực.",
        small=True,
    )


def authorities(figures: Figures) -> Table:
    """Sanctions by the body that decided them."""
    rows = figures["penalties"]["by_authority"]
    return Table(
        key="Xử phạt",
        title="Biểu 5. Xử phạt theo cơ quan quyết định",
        columns=(
            Column("TT", MARK, 0.4),
            Column("Cơ quan, người có thẩm quyền", TEXT, 4),
            Column("Cảnh cáo", NUMBER),
            Column("Phạt tiền", NUMBER),
            Column("Số tiền (đồng)", NUMBER, 1.5),
        ),
        rows=tuple(
            (
                position,
                row["authority"] or "Chưa ghi cơ quan",
                row["warnings"],
                row["fines"],
                row["fines_total"],
            )
            for position, row in enumerate(rows, 1)
        ),
        empty="Không có quyết định xử phạt trong kỳ.",
        small=True,
    )


def codes(figures: Figures) -> Table:
    """Every code of violation that occurs."""
    names = {row["key"]: row["name_vi"] for row in figures["by_domain"]}
    return Table(
        key="Theo hành vi",
        title="Biểu 6. Vi phạm theo hành vi",
        columns=(
            Column("TT", MARK, 0.4),
            Column("Mã", TEXT, 1.1),
            Column("Hành vi", TEXT, 6),
            Column("Lĩnh vực", TEXT, 2),
            Column("Số vi phạm", NUMBER),
            Column("Số cơ sở", NUMBER),
        ),
        rows=tuple(
            (
                position,
                row["key"],
                "" if row["name_vi"] == row["key"] else row["name_vi"],
                names.get(row["domain"], row["domain"]),
                row["count"],
                row["establishments"],
            )
            for position, row in enumerate(figures["by_code"], 1)
        ),
        empty="Không ghi nhận vi phạm trong kỳ.",
        small=True,
    )


def conflicts(figures: Figures) -> Table:
    """Disagreements that nobody has settled yet."""
    return Table(
        key="Chưa thống nhất",
        title="Biểu 7. Nội dung chưa thống nhất",
        columns=(
            Column("TT", MARK, 0.4),
            Column("Cơ sở", TEXT, 3),
            Column("Ngày kiểm tra", TEXT),
            Column("Bản ghi", TEXT),
            Column("Nội dung", TEXT, 1.5),
        ),
        rows=tuple(
            (
                position,
                one["establishment"],
                _day(one["visited_on"]),
                OPEN_CONFLICT_KINDS.get(one["kind"], one["kind"]),
                field_names().get(one["field"], one["field"]),
            )
            for position, one in enumerate(figures["open_conflicts"]["named"], 1)
        ),
        empty="Không có nội dung nào chưa thống nhất.",
        small=True,
    )


def chart(figures: Figures) -> Chart:
    """Visits by month, those with a violation below."""
    return Chart(
        title="Biểu đồ. Số lượt kiểm tra theo tháng",
        lower_name="có vi phạm",
        upper_name="không có vi phạm",
        bars=tuple(
            Bar(_month(row["key"]), row["visits_with_violation"], row["visits_without_violation"])
            for row in figures["by_month"]
        ),
    )


def _month(key: str) -> str:
    year, month = key.split("-")
    return f"{int(month):02d}/{year}"
