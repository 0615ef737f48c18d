"""Everything that reads a file or a stream from outside, handed what it should take, what it should not, and both
damaged: workbooks, multipart forms, packed bodies, uploads in pieces. Nothing fails, every refusal is one of the
documented, and what was refused left nothing behind.

The short run of the test suite is the same each time; the long one is ``python -m tests.fuzz``.
"""

from __future__ import annotations

import gzip
import io
import json
import uuid
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from typing import Any

import xlsxwriter
from flask import Flask
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from config.extensions import db
from inspection.checklists.workbook.columns import CHOICES, SETTINGS, SURVEY
from inspection.checklists.workbook.reading import read_checklist
from inspection.journal.models import Entry
from inspection.people.importing import HEADERS, read_people
from inspection.people.importing import Vocabulary as PeopleVocabulary
from inspection.people.permissions import Role
from inspection.places.importing.rows import read_rows
from inspection.places.importing.vocabulary import COLUMNS
from inspection.places.importing.vocabulary import Vocabulary as PlacesVocabulary
from inspection.workbooks import Fault, WorkbookError

Check = Callable[[Any], None]
REFUSED = frozenset({400, 404, 409, 411, 412, 413, 415, 422, 429, 460})
"""What a request may be answered with that cannot be served (460 is tus's word for a wrong checksum)."""

WORDS = (
    "yes", "no", "pass", "select_one pass_fail_na", "select_multiple x", "begin_group", "end_group", "decimal",
    "integer", "image", "${A-1} = 'fail'", ". >= 0 and . <= 100", "selected(${A-1}, 'x')", "not(", "A-1", "A-2", "x",
    "inspector", "administrator", "police", "nguyen.van.a", "a@b.vn", "processing_trade", "high", "20.5", "-91", "0",
    "food_safety", "1", "có", "=1+1", "#REF!", "_x0000_", "ảnh", "\u202e", "\ufeff", "a" * 400,
)  # fmt: skip
"""Words that mean something to one reader or another, and some that never should."""

cells = st.one_of(
    st.none(),
    st.sampled_from(WORDS),
    st.text(max_size=20),
    st.integers(-(10**12), 10**12),
    st.floats(allow_nan=False, allow_infinity=False),
    st.booleans(),
    st.dates(date(1901, 1, 1), date(2100, 1, 1)),
)


@st.composite
def workbooks(draw: st.DrawFn, sheets: Sequence[tuple[str, Sequence[str]]]) -> bytes:
    """A workbook of these sheets and headers, filled by chance, with columns and sheets missing, added or twice."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True, "default_date_format": "dd/mm/yyyy"}) as book:
        book.set_properties({"created": datetime(2026, 1, 1)})  # noqa: DTZ001 - the library's; the same bytes each time
        for at, (name, headers) in enumerate(sheets):
            if draw(st.integers(0, 19)) == 0:
                continue
            sheet = book.add_worksheet(name if draw(st.integers(0, 19)) else f"{at}")
            columns: list[object] = list(headers)
            if draw(st.integers(0, 3)) == 0:
                columns[draw(st.integers(0, len(columns) - 1))] = draw(cells)
            rows = draw(st.lists(st.lists(cells, max_size=len(columns) + 1), max_size=6))
            for number, row in enumerate([columns, *rows]):
                for column, value in enumerate(row):
                    if value is not None:
                        sheet.write(number, column, value)
        if not book.worksheets():
            book.add_worksheet()
    return target.getvalue()


@st.composite
def damaged(draw: st.DrawFn, whole: st.SearchStrategy[bytes]) -> bytes:
    """Bytes as they are, or cut, or with some replaced; of an archive sometimes one file within it."""
    content = draw(whole)
    match draw(st.sampled_from(("whole", "whole", "cut", "bytes", "member", "gone", "other"))):
        case "cut":
            return content[: draw(st.integers(0, len(content)))]
        case "bytes":
            return _scarred(draw, content)
        case "member" if zipfile.is_zipfile(io.BytesIO(content)):
            return _repacked(draw, content, gone=False)
        case "gone" if zipfile.is_zipfile(io.BytesIO(content)):
            return _repacked(draw, content, gone=True)
        case "other":
            return draw(st.binary(max_size=200))
        case _:
            return content


def _scarred(draw: st.DrawFn, content: bytes) -> bytes:
    scarred = bytearray(content)
    for _ in range(draw(st.integers(1, 8))):
        if scarred:
            at = draw(st.integers(0, len(scarred) - 1))
            scarred[at : at + draw(st.integers(0, 4))] = draw(st.binary(max_size=4))
    return bytes(scarred)


XML = (b"<!DOCTYPE x [<!ENTITY e 'x'>]>", b"<row r='999999999'/>", b"<c r='ZZZZ1'/>", b"<c t='s'><v>99</v></c>",
       b"<c t='e'><v>#N/A</v></c>", b"<f>1+1</f>", b"<mergeCell ref='A1:B2'/>", b"<c t='d'><v>x</v></c>",
       b"<c><v>1e999</v></c>", b"<c t='n'><v>NaN</v></c>", b"<c s='99'><v>1</v></c>", b"<")  # fmt: skip


def _repacked(draw: st.DrawFn, content: bytes, *, gone: bool) -> bytes:
    """The archive with one of its files missing, or hurt."""
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        chosen = draw(st.sampled_from(old.namelist()))
        for name in old.namelist():
            inside = old.read(name)
            if name == chosen and gone:
                continue
            if name == chosen:
                at = draw(st.integers(0, len(inside)))
                inside = inside[:at] + draw(st.sampled_from(XML)) + inside[at:]
            new.writestr(zipfile.ZipInfo(name), inside)
    return target.getvalue()


people_books = damaged(workbooks([("Người dùng", HEADERS)]))
place_books = damaged(workbooks([("Cơ sở", COLUMNS)]))
checklist_books = damaged(workbooks([("survey", SURVEY), ("choices", CHOICES), ("settings", SETTINGS)]))


def run(check: Check, strategy: st.SearchStrategy[Any], examples: int, number: int | None) -> None:
    """Call ``check`` with ``examples`` values of ``strategy``; without a ``number`` each run is the same."""

    @settings(
        max_examples=examples,
        deadline=None,
        database=None,
        derandomize=number is None,
        phases=[Phase.explicit, Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
    )
    @given(value=strategy)
    def call(value: Any) -> None:
        check(value)

    (seed(number)(call) if number is not None else call)()


def readers() -> Iterator[tuple[str, Check, st.SearchStrategy[bytes]]]:
    """The readers of workbooks: each takes one, or says in both languages what is wrong with it."""
    people = PeopleVocabulary(
        {"police": uuid.UUID(int=1)}, {role.value: role for role in Role}, frozenset({"admin"})
    )
    places = PlacesVocabulary(
        {column: (column, column) for column in COLUMNS},
        {
            "establishment_type": {"processing_trade": ("chế biến", "processing")},
            "risk": {"high": ("cao", "high")},
            "operating": {"yes": ("có", "yes"), "no": ("không", "no")},
        },
        {uuid.UUID(int=2): ("Xã Liêm Cần", "13456")},
    )
    yield "people", _refusing(lambda content: read_people(content, people)), people_books
    yield "establishments", _refusing(lambda content: read_rows(content, places)), place_books
    yield "checklists", _refusing(lambda content: read_checklist(content, ["VP-1"])), checklist_books


def _refusing(read: Callable[[bytes], object]) -> Check:
    def check(content: bytes) -> None:
        faults: Sequence[Fault] | None = None
        try:
            read(content)
        except WorkbookError as problem:
            faults = problem.faults
        assert faults is None or faults, "a refusal says why"
        assert all(each.message("vi") and each.message("en") for each in faults or ())

    return check


def entries_of(app: Flask) -> int:
    """How many entries the journal has."""
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(Entry)) or 0


def _packed(content: bytes) -> bytes:
    return gzip.compress(content, 9, mtime=0)


operations = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=10),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
packed_bodies = st.one_of(
    damaged(operations.map(lambda value: _packed(json.dumps({"operations": value}).encode()))),
    st.integers(1, 40).map(lambda megabytes: _packed(b" " * megabytes * 1024 * 1024)),
    damaged(st.just(zlib.compress(b'{"operations": []}'))),
    damaged(st.just(_packed(b'{"operations": []}') + _packed(b"more"))),
)

checkpoints = st.one_of(
    damaged(
        st.fixed_dictionaries(
            {
                "root": operations,
                "made_at": operations,
                "heads": operations,
                "signature": operations,
                "key": operations,
            }
        ).map(lambda value: json.dumps(value).encode())
    ),
    operations.map(lambda value: json.dumps(value).encode()),
    st.sampled_from((b"[" * 100_000, b'{"root": "\\ud800"}', b'{"heads": {"a": 1e400}}')),
)

multipart_bodies = damaged(
    st.builds(
        lambda name, filename, kind, content, boundary: (
            b"--" + boundary + b'\r\nContent-Disposition: form-data; name="' + name + b'"; filename="' + filename
            + b'"\r\nContent-Type: ' + kind + b"\r\n\r\n" + content + b"\r\n--" + boundary + b"--\r\n"
        ),
        st.sampled_from((b"workbook", b"csrf_token", b"", b"workbook\r\nX: y")),
        st.sampled_from((b"a.xlsx", b"../../a.xlsx", b"", b"\xff\xfe", b"a" * 5000)),
        st.sampled_from((b"application/octet-stream", b"text/plain; charset=utf-7", b"", b"multipart/mixed")),
        st.binary(max_size=60),
        st.sampled_from((b"limit", b"limit", b"", b"other")),
    )
)  # fmt: skip

sizes = st.sampled_from(("0", "1", "5", "100", "-1", "1e3", "", "99999999999999999999", "١", "0x10"))
tus_steps = st.lists(
    st.one_of(
        st.tuples(st.just("HEAD"), st.just({}), st.just(b"")),
        st.tuples(st.just("DELETE"), st.just({}), st.just(b"")),
        st.tuples(
            st.just("POST"),
            st.fixed_dictionaries(
                {"Upload-Length": sizes}, optional={"Upload-Metadata": st.text("abc =,ăZ", max_size=12)}
            ),
            st.binary(max_size=5),
        ),
        st.tuples(
            st.just("PATCH"),
            st.fixed_dictionaries(
                {"Upload-Offset": sizes},
                optional={
                    "Upload-Checksum": st.sampled_from(
                        ("sha1 AAAA", "sha256 x", "md5 AAAA", "crc32", " ", "sha256")
                    ),
                    "Content-Type": st.sampled_from(("text/plain", "application/offset+octet-stream; x=y")),
                    "Tus-Resumable": st.sampled_from(("0.2.2", "1.0.0", "")),
                    "Content-Encoding": st.just("gzip"),
                },
            ),
            st.binary(max_size=8),
        ),
    ),
    max_size=6,
)
"""What a client may do to an upload, in any order: method, headers, body."""
