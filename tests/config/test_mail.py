"""What ``MAIL_URL`` may say, and what an address is."""

from __future__ import annotations

from pathlib import Path

import pytest

from config.mail import FolderPost, SmtpPost, is_address, read_post
from config.settings import SettingsError, from_environment


@pytest.mark.parametrize(
    ("url", "post"),
    [
        ("file:///srv/mailbox", FolderPost(Path("/srv/mailbox"))),
        ("smtp://mail.example", SmtpPost("mail.example", 587, "starttls")),
        ("smtps://a%40b:p%3Aw@mail.example", SmtpPost("mail.example", 465, "implicit", "a@b", "p:w")),
        ("smtp://127.0.0.1:2525?tls=none", SmtpPost("127.0.0.1", 2525, "none")),
    ],
)
def test_what_a_mail_url_names(url: str, post: object) -> None:
    assert read_post(url) == post


@pytest.mark.parametrize(
    "url",
    [
        "http://x", "smtp://", "file://host/x", "file:///", "smtp://h?tls=maybe", "smtp://h?x=1", "smtps://h?tls=none",
        "smtp://me:secret@h?tls=none", "smtp://h:99999", "rubbish",
    ],
)  # fmt: skip
def test_a_mail_url_that_names_nothing_stops_the_program_without_showing_the_password(
    url: str, tmp_path: Path
) -> None:
    with pytest.raises(SettingsError, match="MAIL_URL") as problem:
        from_environment({"DATA_DIR": str(tmp_path), "MAIL_URL": url})
    assert "secret" not in problem.value.message


def test_the_demonstration_writes_into_a_folder_and_an_installation_says_where(tmp_path: Path) -> None:
    shown = from_environment({"DATA_DIR": str(tmp_path)})
    assert shown.mail_url == (tmp_path / "mailbox").as_uri()
    earnest = from_environment(
        {
            "DATA_DIR": str(tmp_path),
            "DEMONSTRATION": "0",
            "SECRET_KEY": "an own key of this test, long enough",
        }
    )
    assert earnest.mail_url == ""


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("MAIL_FROM", "nobody"),
        ("MAIL_FROM", "a@b\r\nBcc: c@d"),
        ("PUBLIC_URL", "office"),
        ("PUBLIC_URL", "ftp://x"),
    ],
)
def test_a_sender_or_an_address_of_the_office_that_is_none_is_refused(
    name: str, value: str, tmp_path: Path
) -> None:
    with pytest.raises(SettingsError, match=name):
        from_environment({"DATA_DIR": str(tmp_path), name: value})


def test_what_an_address_is() -> None:
    assert all(map(is_address, ("a@b.vn", "van.thu+bc@ubnd.hanam.gov.vn")))
    lists = ("", "a", "a@b", "a@b.vn\n", "a@b.vn, c@d.vn", "<a@b.vn>", "a b@c.vn")
    assert not any(map(is_address, (*lists, "ă@b.vn", "a@-b.vn", f"a@{'b' * 260}.vn")))
