"""What each figure counts, in words: answered with the figures and printed in the annex, so that nobody has
to guess."""

from __future__ import annotations

import json
from functools import cache
from typing import Literal

from inspection.reports.shapes import Definition
from inspection.reports.wordlists import DATA

Group = Literal["violation_summary", "complaint_register"]


@cache
def definitions(group: Group) -> dict[str, Definition]:
    """The definitions of one kind of report, by the key of the figure."""
    listed = json.loads((DATA / "definitions.json").read_text(encoding="utf-8"))[group]
    return {
        key: Definition(name_vi=words["name_vi"], vi=words["vi"], en=words["en"])
        for key, words in listed.items()
    }
