"""The sentences around the figures, in the manner of the district's plan (section I.1.2). Pure.

Each sentence is right for none, one and many. Nothing is said to have been found where nothing was looked
at, and "no petition received" is said in full, because a report owes that sentence.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from inspection.documents.numbers import counted, decimal, money, money_in_words, share, short_date
from inspection.reports.periods import PeriodDocument
from inspection.reports.shapes import ComparedRow, Count, Figures, Petitions

COMMON_ACTS = 3
"""How many of the commonest violations a sentence names."""

PETITIONS = {
    "complaint": "đơn khiếu nại",
    "denunciation": "đơn tố cáo",
    "recommendation": "đơn kiến nghị, phản ánh",
}


def inspection(figures: Figures, team: str, conflicts_annex: str = "III") -> list[str]:
    """What was inspected and what came of it, by ``team`` ("Đoàn kiểm tra liên ngành của UBND huyện …")."""
    totals = figures["totals"]
    if totals["visits"] == 0:
        campaign = figures["period"]["kind"] == "campaign" and figures["schema"] > 2
        when = "Trong đợt kiểm tra" if campaign else "Trong kỳ báo cáo"
        return [f"{when}, {lower_first(team)} không tiến hành lượt kiểm tra nào."]
    agencies = [row["name"] for row in figures["by_agency"]]
    domains = _domains(figures)
    members = f" gồm {listed(agencies)}" if agencies else ""
    about = f", kiểm tra về {domains}" if domains else ""
    opening = (
        f"{team}{members} đã tiến hành {counted(totals['visits'])} lượt kiểm tra tại"
        f" {counted(totals['establishments'])} cơ sở sản xuất, kinh doanh trên địa bàn{about}{_campaigns(figures)}."
    )
    law = f"các quy định của pháp luật{' về ' + domains if domains else ''}"
    sentences = [opening, _outcome(figures, law)]
    if totals["violations"]:
        sentences += [_violations(figures), *_penalties(figures), *_measures(figures)]
    if figures["open_conflicts"]["count"]:
        sentences.append(_conflicts(figures, conflicts_annex))
    return sentences


def petitions(figures: Petitions, issuer: str, first: date, last: date) -> list[str]:
    """What petitions came and how they were handled."""
    totals = figures["totals"]
    when = f"Từ ngày {short_date(first)} đến ngày {short_date(last)}"
    if totals["total"] == 0:
        return [f"{when}, {issuer} không nhận được đơn thư khiếu nại, tố cáo, kiến nghị, phản ánh nào."]
    sentences = [f"{when}, {issuer} {_received(figures)}{_carried_over(totals['carried_over'])}."]
    rest = ""
    if totals["in_hand"]:
        overdue = f", trong đó {counted(totals['overdue'])} đơn đã đến hạn" if totals["overdue"] else ""
        rest = f"; còn {counted(totals['in_hand'])} đơn đang xử lý{overdue}"
    done = (
        f"Đã xử lý xong {ratio(totals['finished'], totals['total'])} đơn"
        if totals["finished"]
        else "Chưa xử lý xong đơn nào"
    )
    sentences.append(f"{done}{rest}.")
    results = [
        f"{words} {counted(count)} đơn"
        for count, words in (
            (totals["right"], "đúng"),
            (totals["wrong"], "sai"),
            (totals["partly"], "đúng một phần"),
        )
        if count
    ]
    if results:
        sentences.append(f"Kết quả giải quyết: {', '.join(results)}.")
    if totals["late"]:
        sentences.append(f"Có {counted(totals['late'])} đơn giải quyết quá thời hạn.")
    return sentences


def revision(number: int, changes: Sequence[tuple[str, int, int]]) -> str:
    """Why an issued report is replaced: ``changes`` are the name of a figure, its value before and now."""
    parts = [f"{name} từ {counted(before)} thành {counted(after)}" for name, before, after in changes]
    what = f"; thay đổi: {'; '.join(parts)}" if parts else "; các số tổng không thay đổi"
    return f"Báo cáo này là bản sửa đổi lần {number - 1:02d}, thay thế bản đã lập trước đó{what}."


def revised(number: int, reason: str, changes: int, replaces: str = "") -> str:
    """Why a report is replaced, which (once that was issued), and where what changed is listed."""
    why = f" Lý do: {lower_first(reason.rstrip('. '))}." if reason else ""
    what = (
        f" Có {counted(changes)} số liệu thay đổi, nêu tại phụ lục cuối cùng với các lượt kiểm tra làm thay đổi."
        if changes
        else ""
    )
    return f"Báo cáo này là bản sửa đổi lần {number - 1:02d}, thay thế {replaces or 'bản đã lập trước đó'}.{why}{what}"


def measured(figures: Figures) -> list[str]:
    """Samples, instruments and prepackages, each only where something was looked at."""
    sentences = []
    total = figures["samples"][-1]
    if total["total"]:
        judged = total["passed"] + total["failed"]
        result = (
            f", trong đó {ratio(total['failed'], judged)} mẫu đã có kết quả không đạt"
            if total["failed"]
            else ", các mẫu đã có kết quả đều đạt"
            if judged
            else ", chưa có kết quả"
        )
        waiting = f"; {counted(total['pending'])} mẫu chưa có kết quả" if total["pending"] and judged else ""
        sentences.append(f"Đã lấy {counted(total['total'])} mẫu{result}{waiting}.")
    instruments = figures["instruments"][-1]
    if instruments["checked"]:
        faults = [
            f"{counted(count)} phương tiện {words}"
            for count, words in (
                (instruments["expired"], "hết hạn hoặc không có kiểm định"),
                (instruments["out_of_tolerance"], "có sai số vượt mức cho phép (kết quả sàng lọc)"),
            )
            if count
        ]
        found = listed(faults) if faults else "chưa phát hiện sai phạm về kiểm định, sai số"
        sentences.append(f"Đã kiểm tra {counted(instruments['checked'])} phương tiện đo: {found}.")
    packages = figures["packages"]
    if packages["checked"]:
        bad = f"{counted(packages['failed'])} lô không đạt" if packages["failed"] else "không có lô không đạt"
        sentences.append(f"Đã kiểm tra lượng của {counted(packages['checked'])} lô hàng đóng gói sẵn: {bad}.")
    return sentences


def comparison(figures: Figures) -> list[str]:
    """How the period compares with the one before and with that of a year ago; nothing where both were empty."""
    sentences = []
    for row in figures["comparison"][1:]:
        now = figures["comparison"][0]
        if not (row["visits"] or now["visits"]):
            continue
        against, there = _against(row)
        if row["visits"] == 0:
            sentences.append(f"So với {against}: {there} không có lượt kiểm tra nào.")
            continue
        parts = [
            _compared("số lượt kiểm tra", now["visits"], row["visits"]),
            _compared("số cơ sở có vi phạm", now["in_breach"], row["in_breach"]),
            _compared("số trường hợp phạt tiền", now["fines"], row["fines"]),
        ]
        if now["fines_total"] or row["fines_total"]:
            parts.append(_compared("tổng số tiền phạt", now["fines_total"], row["fines_total"], " đồng"))
        sentences.append(f"So với {against}: {'; '.join(parts)}.")
    return sentences


def _against(row: ComparedRow) -> tuple[str, str]:
    """What a period is compared with in full, and how it is called again in the same sentence."""
    if row["key"] == "last_campaign":
        return f"{row['name_vi']} (cùng dịp lần trước)", "đợt ấy"
    words = "kỳ trước" if row["key"] == "previous" else "cùng kỳ năm trước"
    return words, words


def _compared(name: str, now: int, before: int, unit: str = "") -> str:
    """ "số lượt kiểm tra tăng 12,5% (từ 08 lên 09)"; "… không đổi (03)"."""
    if now == before:
        return f"{name} không đổi ({counted(now)}{unit})"
    word, way = ("tăng", "lên") if now > before else ("giảm", "xuống")
    rate = f" {percent(abs(now - before), before)}" if before else ""
    return f"{name} {word}{rate} (từ {counted(before)} {way} {counted(now)}{unit})"


def drivers(figures: Figures) -> list[str]:
    """Where the difference from the period before comes from: the campaigns, communes and acts that moved most. A
    period before that had no visit explains nothing."""
    compared = figures["comparison"][1:2]
    if not compared or not compared[0]["visits"]:
        return []
    sentences = []
    against = {"previous": "kỳ trước", "last_campaign": "đợt cùng dịp lần trước"}.get(
        compared[0]["key"], "cùng kỳ năm trước"
    )
    for part, name, unit in (
        ("campaigns", "Số lượt kiểm tra theo đợt", "lượt"),
        ("units", "Số lượt kiểm tra theo địa bàn", "lượt"),
        ("codes", "Số vi phạm theo hành vi", "vi phạm"),
    ):
        if part == "campaigns" and compared[0]["key"] == "last_campaign":
            continue  # one campaign beside another: that they differ is the comparison itself
        rows = [row for row in figures["drivers"] if row["part"] == part]
        moved = [
            f"{lower_first(row['name_vi'])} {'+' if row['now'] > row['before'] else '-'}"
            f"{counted(abs(row['now'] - row['before']))} {unit}"
            for row in rows
        ]
        if moved:
            sentences.append(f"{name} thay đổi nhiều nhất so với {against}: {'; '.join(moved)}.")
    return sentences


def days(period: PeriodDocument) -> tuple[date, date]:
    """The first and the last day of a period as it is kept."""
    return date.fromisoformat(period["first"]), date.fromisoformat(period["last"])


def follow_up(figures: Figures) -> list[str]:
    """Who was in breach again, what is still owed, and who may be commended."""
    sentences = []
    repeated, overdue = len(figures["repeat_offenders"]), figures["overdue_remedies"]
    if repeated:
        sentences.append(
            f"Có {counted(repeated)} cơ sở vi phạm nhiều lần trong 12 tháng (danh sách tại Phụ lục III)."
        )
    if overdue["count"]:
        on = overdue["on"] if figures["schema"] > 2 else figures["period"]["last"]
        until = "Đến ngày cuối kỳ"
        if on != figures["period"]["last"]:
            until = f"Đến ngày {short_date(date.fromisoformat(on))}"
        sentences.append(
            f"{until} còn {counted(overdue['count'])} vi phạm của {counted(overdue['establishments'])} cơ sở"
            " quá hạn khắc phục (danh sách tại Phụ lục III)."
        )
    if figures["commendable"]:
        count = counted(len(figures["commendable"]))
        sentences.append(f"Đề nghị biểu dương {count} cơ sở chấp hành tốt (danh sách tại Phụ lục III).")
    return sentences


def unfinished(figures: Figures, counted_on: date) -> list[str]:
    """That the period was not over when its figures were sealed."""
    last = days(figures["period"])[1]
    if figures["schema"] < 3 or counted_on > last:
        return []
    name = "Đợt kiểm tra" if figures["period"]["kind"] == "campaign" else "Kỳ báo cáo"
    return [f"{name} chưa kết thúc; số liệu tính đến ngày {short_date(counted_on)}."]


def division(figures: Figures) -> list[str]:
    """Which administrative division the figures by place use, where one of its units is no more."""
    ended = figures["ended_units"]
    if not ended:
        return []
    names = [
        f"{row['name']} (đến hết ngày {short_date(date.fromisoformat(row['valid_to']))}"
        + (f", nay thuộc {listed(row['successors'])})" if row["successors"] else ")")
        for row in ended
    ]
    rule = "Số liệu theo địa bàn tính theo đơn vị hành chính tại ngày kiểm tra"
    return [f"{rule}; trong đó có đơn vị nay đã kết thúc hiệu lực: {'; '.join(names)}."]


def listed(names: Sequence[str]) -> str:
    """ "a, b và c"."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} và {names[-1]}"


def lower_first(words: str) -> str:
    """The words as they stand inside a sentence, unless they begin with an abbreviation."""
    return words if words[1:2].isupper() else words[:1].lower() + words[1:]


def percent(part: int, total: int) -> str:
    """ "55,4%"; a whole share without decimals; a dash where nothing was counted."""
    rate = share(part, total)
    if rate is None:
        return "–"
    return f"{decimal(rate).removesuffix(',0')}%"


def _domains(figures: Figures) -> str:
    """The domains that visits looked at, or in which something was found."""
    rows = [
        row
        for row in figures["by_domain"]
        if row["key"] != "unknown" and (row["visits"] or row["violations"])
    ]
    return listed([lower_first(row["name_vi"]) for row in rows])


def _campaigns(figures: Figures) -> str:
    names = [row["name"] for row in figures["by_campaign"] if row["name"]]
    if figures["period"]["kind"] == "campaign" or not names or len(names) > COMMON_ACTS:
        return ""
    return f", trong {counted(len(names))} đợt: {'; '.join(names)}"


def _outcome(figures: Figures, law: str) -> str:
    """ "Qua kiểm tra, 293/529 cơ sở (55,4%) chấp hành tốt …; 236/529 cơ sở (44,6%) có vi phạm, trong đó
    …"."""
    totals, outcomes = figures["totals"], figures["outcomes"]
    passed, breach = outcomes["passed"], totals["establishments_with_violation"]
    inspected = totals["establishments"]
    if breach == 0:
        if inspected == 1:
            return f"Qua kiểm tra, cơ sở được kiểm tra chấp hành tốt {law}, không có vi phạm."
        return f"Qua kiểm tra, cả {counted(inspected)} cơ sở đều chấp hành tốt {law}, không có vi phạm."
    results = (
        (outcomes["reminded"], "bị nhắc nhở"),
        (outcomes["measures_only"], "bị áp dụng biện pháp khắc phục hậu quả"),
        (outcomes["warned"], "bị phạt cảnh cáo"),
        (outcomes["fined"], "bị phạt tiền"),
        (outcomes["undecided"], "chưa có quyết định xử lý"),
    )
    handled = [(count, words) for count, words in results if count]
    if len(handled) > 1:
        detail = ", trong đó " + listed([f"{counted(count)} cơ sở {words}" for count, words in handled])
    elif breach > 1:
        detail = f", đều {handled[0][1]}"
    else:
        detail = f", {handled[0][1]}"
    if passed == 0:
        who = "cơ sở được kiểm tra" if inspected == 1 else f"cả {counted(inspected)} cơ sở đều"
        return f"Qua kiểm tra, {who} có vi phạm {law}{detail}."
    return (
        f"Qua kiểm tra, {ratio(passed, inspected)} cơ sở ({percent(passed, inspected)}) chấp hành tốt {law};"
        f" {ratio(breach, inspected)} cơ sở ({percent(breach, inspected)}) có vi phạm{detail}."
    )


def ratio(part: int, total: int) -> str:
    """ "03/05", "293/529"."""
    return f"{counted(part)}/{counted(total)}"


def _violations(figures: Figures) -> str:
    totals = figures["totals"]
    by_domain = [
        f"{lower_first(row['name_vi'])} {counted(row['violations'])}"
        for row in figures["by_domain"]
        if row["violations"] and row["key"] != "unknown"
    ]
    split = f" ({'; '.join(by_domain)})" if len(by_domain) > 1 else ""
    visits = f"{ratio(totals['visits_with_violation'], totals['visits'])} lượt kiểm tra"
    acts = "; ".join(_act(row) for row in figures["commonest_codes"][:COMMON_ACTS])
    common = f" Vi phạm phổ biến: {acts}." if acts else ""
    return f"Có {visits} ghi nhận vi phạm, tổng số {counted(totals['violations'])} vi phạm{split}.{common}"


def _act(row: Count) -> str:
    name = lower_first(row["name_vi"].rstrip(". "))
    code = "" if row["name_vi"] == row["key"] else f"{row['key']}, "
    return f"{name} ({code}{counted(row['count'])} vi phạm)"


def _penalties(figures: Figures) -> list[str]:
    penalties = figures["penalties"]
    parts = []
    if penalties["warnings"]:
        parts.append(f"phạt cảnh cáo {counted(penalties['warnings'])} trường hợp")
    if penalties["fines"]:
        total = penalties["fines_total"]
        amount = (
            f", tổng số tiền {money(total)} (bằng chữ: {lower_first(money_in_words(total))})" if total else ""
        )
        missing = penalties["fines_without_amount"]
        still = f", trong đó {counted(missing)} trường hợp chưa ghi số tiền" if missing else ""
        parts.append(f"phạt tiền {counted(penalties['fines'])} trường hợp{amount}{still}")
    sentences = [f"Đã xử phạt vi phạm hành chính: {'; '.join(parts)}." if parts else _no_penalty()]
    if penalties["undecided"]:
        sentences.append(f"Còn {counted(penalties['undecided'])} vi phạm chưa ghi quyết định xử lý.")
    return sentences


def _no_penalty() -> str:
    return "Đến thời điểm chốt số liệu, chưa có trường hợp nào bị xử phạt vi phạm hành chính."


def _measures(figures: Figures) -> list[str]:
    parts = []
    for row in figures["measures"]:
        if row["establishments"]:
            products = f" ({counted(row['products'])} sản phẩm)" if row["products"] else ""
            parts.append(
                f"{lower_first(row['name_vi'])} tại {counted(row['establishments'])} cơ sở{products}"
            )
    return [f"Biện pháp đã áp dụng: {'; '.join(parts)}."] if parts else []


def _conflicts(figures: Figures, annex: str) -> str:
    conflicts = figures["open_conflicts"]
    return (
        f"Còn {counted(conflicts['count'])} nội dung được các thành viên đoàn ghi khác nhau, chưa thống nhất (liệt kê"
        f" tại Phụ lục {annex}); số liệu báo cáo dùng giá trị đang lưu."
    )


def _received(figures: Petitions) -> str:
    received = figures["totals"]["received"]
    if received == 0:
        return "không tiếp nhận đơn mới"
    kinds = [
        f"{counted(row['received'])} {PETITIONS[row['key']]}" for row in figures["by_kind"] if row["received"]
    ]
    none = [PETITIONS[row["key"]] for row in figures["by_kind"] if not row["received"]]
    if len(kinds) == 1:
        return f"tiếp nhận {kinds[0]}; không nhận được {' và '.join(none)}"
    missing = f"; không nhận được {' và '.join(none)}" if none else ""
    return f"tiếp nhận {counted(received)} đơn, gồm {listed(kinds)}{missing}"


def _carried_over(count: int) -> str:
    return f"; kỳ trước chuyển sang {counted(count)} đơn" if count else ""
