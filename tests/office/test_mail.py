"""The page of the mail that went out or did not."""

from __future__ import annotations

import pytest

from config.extensions import db, write
from config.storage import open_storage
from inspection import mail
from inspection.mail import sending
from inspection.mail.models import Mail
from tests.office.conftest import Office


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_the_office_sees_why_mail_failed_and_tries_again_or_calls_it_back(office: Office) -> None:
    app, here = office.world.app, office.world.jurisdiction
    with app.app_context(), write() as session:
        known = mail.Letter(here, "summary", "x", "Báo cáo tháng 9", "…", about="/reports")
        (one,) = mail.queue(session, known, to=["tinh@example.vn"])
        foreign = mail.Letter(office.shop, "summary", "y", "Báo cáo của nơi khác", "…")
        (other,) = mail.queue(session, foreign, to=["elsewhere@example.vn"])
    with app.app_context():
        sending.send(one, None, open_storage(app.config["SETTINGS"].storage_url), "office@example.vn")
    manager = office.visitor("manager")
    assert manager.get("/mail").status_code == 200
    assert "Báo cáo tháng 9" in manager.page
    assert "MAIL_URL" in manager.page
    assert "elsewhere@example.vn" not in manager.page
    manager.submit(f"/mail/{one}/retry", {})
    assert "xếp thư vào hàng" in manager.page
    manager.submit(f"/mail/{one}/cancel", {})
    with app.app_context():
        found = db.session.get(Mail, one)
        assert found is not None
        assert found.status == "cancelled"
    assert manager.submit(f"/mail/{other}/retry", {}).status_code == 404
