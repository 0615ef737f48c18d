"""Every key that a page says is there in both languages, and nothing runs or is styled inside a page."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from inspection import load_kinds
from inspection.journal import fields
from inspection.journal.kinds import registry
from inspection.office import words
from inspection.office.reads.values import label
from inspection.people.permissions import Permission, Role, Verb

OFFICE = Path(words.__file__).parent
TEMPLATES = sorted((OFFICE / "templates" / "office").glob("*.html"))
SAID = re.compile(r"""\b(?:t|say)\(\s*["']([a-z_.0-9]+)["']\s*[,)]""")
PLACEHOLDER = re.compile(r"{(\w+)}")


def test_every_key_that_a_page_says_is_in_the_catalogue() -> None:
    sources = [*TEMPLATES, *OFFICE.rglob("*.py")]
    said = {key for path in sources for key in SAID.findall(path.read_text(encoding="utf-8"))}
    assert said - set(words.catalogue()) == set()


def test_both_languages_say_something_with_the_same_placeholders() -> None:
    for key, (vietnamese, english) in words.catalogue().items():
        assert vietnamese.strip(), key
        assert english.strip(), key
        assert set(PLACEHOLDER.findall(vietnamese)) == set(PLACEHOLDER.findall(english)), key


def test_every_field_and_every_choice_of_every_kind_has_a_name() -> None:
    load_kinds()
    for kind in registry.values():
        assert f"kind.{kind.name}" in words.catalogue()
        for name, column in kind.columns.items():
            assert label(kind.name, name, "en") != name, (kind.name, name)
            if isinstance(column, fields.Choice):
                missing = [one for one in column.choices if f"choice.{name}.{one}" not in words.catalogue()]
                assert not missing, (kind.name, name, missing)


def test_every_role_permission_and_verb_has_a_name() -> None:
    known = words.catalogue()
    assert all(f"choice.roles.{role}" in known for role in Role)
    assert all(f"permission.{permission}" in known for permission in Permission)
    assert all(f"verb.{verb}" in known for verb in Verb)


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_a_page_holds_no_script_and_no_style_of_its_own(template: Path) -> None:
    text = template.read_text(encoding="utf-8")
    assert not re.search(r"\sstyle=|<style|\son\w+=|javascript:", text)
    assert all("src=" in tag for tag in re.findall(r"<script[^>]*>", text))
    assert "|safe" not in text.replace(" ", "")
