"""The installation's own list of leaked passwords."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from config.errors import Refusal
from config.settings import SettingsError, from_environment
from inspection.people.leaked import has_leaked
from inspection.people.passwords import hash_password


def listed(file: Path, passwords: set[str], ending: str) -> Path:
    digests = sorted(
        hashlib.sha1(one.encode(), usedforsecurity=False).hexdigest().upper() for one in passwords
    )
    file.write_text("".join(f"{digest}{ending}\n" for digest in digests), newline="")
    return file


@pytest.mark.parametrize("ending", ["", ":7", ":10437277\r"])
def test_what_is_on_the_list_is_found_and_nothing_else(
    tmp_path_factory: pytest.TempPathFactory, ending: str
) -> None:
    folder = tmp_path_factory.mktemp("lists")

    @given(
        st.sets(st.text(st.characters(codec="utf-8"), max_size=4), max_size=40),
        st.text(st.characters(codec="utf-8"), max_size=4),
    )
    def holds(passwords: set[str], other: str) -> None:
        file = listed(folder / "list", passwords, ending)
        assert all(has_leaked(one, file) for one in passwords)
        assert has_leaked(other, file) == (other in passwords)

    holds()


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_list_of_ones_own_is_asked_too(app: Flask, tmp_path: Path) -> None:
    leaked = "bảy con vịt đội mũ cối"
    with app.app_context():
        assert hash_password(leaked)
        file = listed(tmp_path / "list", {leaked, "khác"}, ":3")
        app.config["SETTINGS"] = replace(app.config["SETTINGS"], leaked_passwords=file)
        with pytest.raises(Refusal) as refused:
            hash_password(leaked)
        assert refused.value.code == "guessable_password"
        assert hash_password("tám con gà không đội mũ")


@pytest.mark.parametrize("content", [None, "", "password\n", "A" * 40])
def test_a_list_that_is_none_is_refused_at_the_start(tmp_path: Path, content: str | None) -> None:
    file = tmp_path / "list"
    if content is not None:
        file.write_text(content)
    with pytest.raises(SettingsError, match="LEAKED_PASSWORDS"):
        from_environment({"DATA_DIR": str(tmp_path / "data"), "LEAKED_PASSWORDS": str(file)})
