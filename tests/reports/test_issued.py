"""What was issued with an earlier edition of the figures prints again to the byte."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from inspection.reports.documents import compose
from inspection.reports.models import Format
from inspection.reports.printing import RENDERERS
from tests.reports.samples import CIRCUMSTANCES

ISSUED = {
    schema: json.loads(
        (Path(__file__).parent / "issued" / f"schema-{schema}.json").read_text(encoding="utf-8")
    )
    for schema in (1, 2)
}
REVISED = replace(CIRCUMSTANCES, revision=2, changes=(compose.ChangedFigure("số lượt kiểm tra", 7, 8),))


def digest(content: bytes, made: Format) -> str:
    """Of a PDF its bytes; of a ZIP what is packed, because machines deflate differently."""
    if made is Format.PDF:
        return hashlib.sha256(content).hexdigest()
    packed = hashlib.sha256()
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            packed.update(name.encode() + b"\0" + archive.read(name))
    return packed.hexdigest()


@pytest.mark.parametrize(("schema", "kind"), [(1, "summary"), (1, "register"), (2, "summary")])
@pytest.mark.parametrize("made", list(Format))
def test_figures_of_an_earlier_edition_print_as_they_were_issued(
    schema: int, kind: str, made: Format
) -> None:
    kept: dict[str, Any] = ISSUED[schema][kind]
    composer: Any = compose.summary if kind == "summary" else compose.complaint_register
    assert (
        digest(RENDERERS[made].render(composer(kept["figures"], REVISED)), made)
        == kept["printed"][made.value]
    )
