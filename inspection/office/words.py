"""The words of the office pages, Vietnamese and English side by side.

``words/*.json`` maps a key to ``[Vietnamese, English]``. Both stand on one line, so that neither is
translated without the other; a key that is missing is a programming error and fails at once.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

from config.errors import Language

FOLDER = Path(__file__).parent / "words"


@cache
def catalogue() -> dict[str, tuple[str, str]]:
    """Every key with its two wordings.

    :raises ValueError: when two files say the same key.
    """
    words: dict[str, tuple[str, str]] = {}
    for path in sorted(FOLDER.glob("*.json")):
        for key, (vietnamese, english) in json.loads(path.read_text(encoding="utf-8")).items():
            if key in words:
                raise ValueError(f"{path.name}: {key} is said twice")
            words[key] = (vietnamese, english)
    return words


def say(key: str, language: Language, **values: object) -> str:
    """The words of ``key`` in ``language``, with ``values`` put in."""
    vietnamese, english = catalogue()[key]
    text = english if language == "en" else vietnamese
    return text.format(**values) if values else text


def choice(group: str, value: object, language: Language) -> str:
    """The words of one value of a closed set. A value that this version does not know is shown as it is."""
    if value is None or value == "":
        return "—"
    key = f"{group}.{value}"
    return say(key, language) if key in catalogue() else str(value)
