"""The tables and the charts of the violation summary, from its figures. Pure."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from inspection.documents.model import Bar, Bars, Cell, Chart, Table
from inspection.documents.numbers import decimal, short_date
from inspection.documents.tables import cells, mark, number, numbered, text
from inspection.reports.shapes import Figures, PlaceRow, ResultRow
from inspection.reports.wordlists import field_names

OPEN_CONFLICT_KINDS = {
    "visit": "Lượt kiểm tra",
    "violation": "Vi phạm",
    "measure": "Biện pháp",
    "answer": "Câu trả lời",
    "establishment": "Cơ sở",
}


def rate(value: str | None) -> Decimal | None:
    """A share of the figures as a cell."""
    return None if value is None else Decimal(value)


def _day(iso: str) -> str:
    return short_date(date.fromisoformat(iso)) if iso else ""


def results(figures: Figures) -> Table:
    """Bảng 1."""

    def line(row: ResultRow) -> tuple[Cell, ...]:
        return *cells(row, "name_vi", "registered", "inspected", "passed"), rate(row["share_passed"])

    *rows, total = figures["tables"]["results"]
    return numbered(
        "Bảng 1",
        "Bảng 1. Kết quả kiểm tra",
        (
            text("Loại hình cơ sở thực phẩm", 3),
            number("Tổng số cơ sở"),
            number("Số cơ sở được kiểm tra"),
            number("Số cơ sở đạt"),
            number("Tỷ lệ % đạt"),
        ),
        map(line, rows),
        total=line(total),
        ordinal=0.5,
        counted=3,
        note="Tỷ lệ tính trên số cơ sở được kiểm tra, làm tròn đến một chữ số thập phân; dòng không có cơ sở"
        " được kiểm tra thì không có tỷ lệ.",
    )


def handling(figures: Figures) -> Table:
    """Bảng 2, whose lines have the numbers of the template."""
    rows = figures["tables"]["handling"]
    return Table(
        key="Bảng 2",
        title="Bảng 2. Tình hình vi phạm và xử lý",
        columns=(
            mark("TT", 0.5),
            text("Tổng hợp tình hình vi phạm", 4),
            number("Số lượng (cơ sở)", 1.2),
            number("Số sản phẩm"),
            number("Tỷ lệ % so với số được kiểm tra", 1.4),
        ),
        rows=tuple(
            (
                row["number"],
                row["name_vi"],
                row["establishments"] if row["amount"] is None else row["amount"],
                row["products"],
                rate(row["share"]),
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
    return numbered(
        "Bảng 3",
        "Bảng 3. Nội dung vi phạm",
        (text("Nội dung", 4), number("Số cơ sở vi phạm", 1.3), number("Tỷ lệ %")),
        (
            (row["name_vi"], row["establishments"], rate(row["share"]))
            for row in figures["tables"]["contents"]
        ),
        ordinal=0.5,
        note="Một cơ sở có thể vi phạm nhiều nội dung; tỷ lệ tính trên số cơ sở được kiểm tra.",
    )


def months(figures: Figures) -> Table:
    """The period month by month, with one column for each severity that occurs."""
    severities = (
        figures["by_severity"] if len(figures["by_severity"]) <= 4 else []
    )  # more do not fit the page
    counts = ("establishments", "visits", "visits_with_violation", "visits_without_violation", "violations")
    rows: list[tuple[Cell, ...]] = []
    for row in figures["by_month"]:
        found = {one["key"]: one["count"] for one in row["by_severity"]}
        window = f"{_day(row['first'])} – {_day(row['last'])}"
        severe = (found.get(one["key"], 0) for one in severities)
        rows.append((_month(row["key"]), window, *cells(row, *counts), *severe))
    window = f"{_day(figures['period']['first'])} – {_day(figures['period']['last'])}"
    whole = (one["count"] for one in severities)
    rows.append(("Cả kỳ", window, *cells(figures["totals"], *counts), *whole))
    return Table(
        key="Theo tháng",
        title="Biểu 1. Kết quả kiểm tra theo tháng",
        columns=(
            text("Tháng", 1),
            text("Từ ngày – đến ngày", 2),
            number("Số cơ sở"),
            number("Số lượt"),
            number("Lượt có vi phạm"),
            number("Lượt không vi phạm"),
            number("Số vi phạm"),
            *(number(f"Mức độ: {one['name_vi']}") for one in severities),
        ),
        rows=tuple(rows),
        strong=frozenset({len(rows) - 1}),
        note="Một cơ sở được kiểm tra ở nhiều tháng tính một lần trong dòng cả kỳ, nên dòng này có thể nhỏ hơn"
        " tổng các tháng.",
        small=True,
    )


def places(figures: Figures, rows: list[PlaceRow], key: str, title: str, name: str) -> Table:
    """A breakdown by commune or by type of establishment."""
    counts = (
        "establishments",
        "establishments_with_violation",
        "visits",
        "visits_with_violation",
        "violations",
    )
    return numbered(
        key,
        title,
        (
            text(name, 3),
            number("Số cơ sở"),
            number("Cơ sở có vi phạm"),
            number("Số lượt"),
            number("Lượt có vi phạm"),
            number("Số vi phạm"),
        ),
        (cells(row, "name_vi", *counts) for row in rows),
        total=("Tổng số", *cells(figures["totals"], *counts)),
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
    return numbered(
        "Theo cơ quan",
        "Biểu 4a. Kết quả theo cơ quan tham gia",
        (text("Cơ quan", 4), number("Số đợt"), number("Số cơ sở"), number("Số lượt")),
        (cells(row, "name", "campaigns", "establishments", "visits") for row in figures["by_agency"]),
        note="Các cơ quan cùng đi kiểm tra nên không cộng các dòng.",
        empty="Không có lượt kiểm tra trong kỳ.",
        small=True,
    )


def measures(figures: Figures) -> Table:
    """Measures taken or demanded, with their two counts and the quantities that were written down."""
    return numbered(
        "Biện pháp",
        "Biểu 5a. Hình thức phạt bổ sung, biện pháp khắc phục hậu quả",
        (text("Biện pháp", 3), number("Số cơ sở"), number("Số sản phẩm"), text("Số lượng ghi nhận", 2)),
        (
            (
                *cells(row, "name_vi", "establishments", "products"),
                "; ".join(
                    f"{decimal(Decimal(one['amount']))} {one['unit']}".strip() for one in row["quantities"]
                ),
            )
            for row in figures["measures"]
        ),
        small=True,
    )


def campaigns(figures: Figures) -> Table:
    """What came of each campaign."""
    counts = ("establishments", "passed", "in_breach", "visits", "violations", "fines", "fines_total")
    return numbered(
        "Theo đợt",
        "Biểu 1a. Kết quả theo đợt kiểm tra",
        (
            text("Đợt kiểm tra", 3.4),
            number("Số cơ sở"),
            number("Đạt"),
            number("Cơ sở có vi phạm"),
            number("Số lượt"),
            number("Số vi phạm"),
            number("Phạt tiền"),
            number("Số tiền (đồng)", 1.4),
        ),
        ((row["name"] or "Đợt không rõ tên", *cells(row, *counts)) for row in figures["campaign_results"]),
        note="Một cơ sở được kiểm tra trong nhiều đợt tính ở mỗi đợt một lần; số lượt, số vi phạm và tiền phạt cộng lại"
        " bằng cả kỳ.",
        empty="Không có lượt kiểm tra trong kỳ.",
        small=True,
        counted=2,
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
    places_, counts = ((number("Số cơ sở"),), ("establishments",)) if second else ((), ())
    return numbered(
        "Theo lĩnh vực",
        "Biểu 4. Vi phạm theo lĩnh vực",
        (
            text("Lĩnh vực", 3),
            *places_,
            number("Số lượt"),
            number("Cơ sở có vi phạm"),
            number("Số vi phạm"),
        ),
        (
            cells(row, "name_vi", *counts, "visits", "establishments_with_violation", "violations")
            for row in figures["by_domain"]
        ),
        note="Một lượt kiểm tra có thể thuộc nhiều lĩnh vực.",
        small=True,
    )


def authorities(figures: Figures) -> Table:
    """Sanctions by the body that decided them."""
    return numbered(
        "Xử phạt",
        "Biểu 5. Xử phạt theo cơ quan quyết định",
        (
            text("Cơ quan, người có thẩm quyền", 4),
            number("Cảnh cáo"),
            number("Phạt tiền"),
            number("Số tiền (đồng)", 1.5),
        ),
        (
            (row["authority"] or "Chưa ghi cơ quan", *cells(row, "warnings", "fines", "fines_total"))
            for row in figures["penalties"]["by_authority"]
        ),
        empty="Không có quyết định xử phạt trong kỳ.",
        small=True,
    )


def codes(figures: Figures) -> Table:
    """Every code of violation that occurs."""
    names = {row["key"]: row["name_vi"] for row in figures["by_domain"]}
    return numbered(
        "Theo hành vi",
        "Biểu 6. Vi phạm theo hành vi",
        (
            text("Mã", 1.1),
            text("Hành vi", 6),
            text("Lĩnh vực", 2),
            number("Số vi phạm"),
            number("Số cơ sở"),
        ),
        (
            (
                row["key"],
                "" if row["name_vi"] == row["key"] else row["name_vi"],
                names.get(row["domain"], row["domain"]),
                row["count"],
                row["establishments"],
            )
            for row in figures["by_code"]
        ),
        empty="Không ghi nhận vi phạm trong kỳ.",
        small=True,
    )


def conflicts(figures: Figures) -> Table:
    """Disagreements that nobody has settled yet."""
    return numbered(
        "Chưa thống nhất",
        "Biểu 7. Nội dung chưa thống nhất",
        (text("Cơ sở", 3), text("Ngày kiểm tra"), text("Bản ghi"), text("Nội dung", 1.5)),
        (
            (
                one["establishment"],
                _day(one["visited_on"]),
                OPEN_CONFLICT_KINDS.get(one["kind"], one["kind"]),
                field_names().get(one["field"], one["field"]),
            )
            for one in figures["open_conflicts"]["named"]
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
