"""A real list of establishments, imported as a manager would: ``python -m bench.importing FOLDER``.

``FOLDER`` holds ``businesses.csv.gz`` of the San Francisco restaurant inspections (read in place). Its rows are put
into a workbook, sent through the office pages of a fresh installation, confirmed, and sent again: the second time
everything is known. The table says what the preview found, what was taken in, which pairs are proposed as one, and how
long each step took.
"""

from __future__ import annotations

import csv
import gzip
import io
import re
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import xlsxwriter
from flask_migrate import upgrade

from config.extensions import snapshot
from inspection.office.reads.alike import pairs_in
from inspection.places.importing.operations import known_establishments
from tasks.places import take_in
from tests.conftest import release, settings_for
from tests.office.browsing import Visitor
from tests.world import World
from wsgi import create_app

HEADERS = ("external_id", "name", "establishment_type", "address", "latitude", "longitude", "phone")


def main(folder: str) -> int:
    """Import, import again, print what happened; 1 when a row was lost."""
    content, count = workbook(Path(folder) / "businesses.csv.gz")
    with tempfile.TemporaryDirectory(prefix="importing-") as name:
        app = create_app(settings_for(Path(name), f"sqlite:///{name}/bench.sqlite3"))
        with app.app_context():
            upgrade()
        world = World(app)
        world.person("manager", "manager")
        visitor = Visitor(app)
        visitor.sign_in("manager")
        print(f"{'step':<28}{'new':>7}{'changed':>9}{'same':>7}{'doubtful':>10}{'seconds':>9}")
        for step in ("first preview", "second preview"):
            with timed() as seconds:
                path = visitor.submit(
                    "/establishments/imports", {"workbook": (io.BytesIO(content), "list.xlsx")}
                ).request.path
            found = [text.replace(".", "") for text in re.findall(r"<dd>([\d.]+)</dd>", visitor.page)[:4]]
            print(f"{step:<28}{found[0]:>7}{found[1]:>9}{found[2]:>7}{found[3]:>10}{seconds[0]:>9.1f}")
            if step == "first preview":
                visitor.submit(f"{path}/confirm", {})
                with timed() as seconds, app.app_context():
                    take_in(path.rpartition("/")[2])
                print(f"{'taken in':<60}{seconds[0]:>10.1f}")
        with app.app_context(), snapshot() as session, timed() as seconds:
            known = sum(1 for _ in known_establishments(session, world.establishments))
            pairs = pairs_in(session, world.establishments)
        print(f"{f'{len(pairs)} pairs proposed as one':<60}{seconds[0]:>10.1f}")
        release(app)
    print(f"rows of the file: {count}; establishments of the register: {known}")
    return 0 if known == count and found[2] == str(count) else 1


def workbook(path: Path) -> tuple[bytes, int]:
    """The file as a workbook in the columns of the import, and how many rows it has. The file has no coordinates for
    half of its rows, and zero for some."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True, "strings_to_formulas": False})
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, HEADERS)
    count = 0
    with gzip.open(path, "rt", encoding="latin-1", newline="") as lines:
        for count, row in enumerate(csv.DictReader(lines), start=1):
            position = [float(row[name] or 0) for name in ("latitude", "longitude")]
            values = [row["business_id"], row["name"], "catering", row["address"].strip()]
            values += [*position, row["phone_number"]] if all(position) else ["", "", row["phone_number"]]
            for at, value in enumerate(values):
                if value != "":
                    sheet.write(count, at, value)
    book.close()
    return target.getvalue(), count


@contextmanager
def timed() -> Iterator[list[float]]:
    """The seconds that the block took, when it has ended."""
    seconds = [0.0]
    began = time.perf_counter()
    yield seconds
    seconds[0] = time.perf_counter() - began


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
