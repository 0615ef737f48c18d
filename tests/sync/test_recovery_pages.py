"""The office opens what a phone left sealed: whose it is and how much first, its content only with a reason."""

from __future__ import annotations

import base64
import io
import json
import os
from typing import Any

from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from config.extensions import db
from inspection.complaints.keys import RECOVERY_FOLDER, current_public_key
from inspection.complaints.sealing import RECOVERY_INFO, seal_bytes
from inspection.people.models import Device
from tests.office.browsing import Visitor
from tests.sync.conftest import Team
from tests.world import Phone

NOTE = "Bếp sau nhà khóa cửa"


def owner_of(team: Team, phone: Phone) -> str:
    with team.world.app.app_context():
        return str(db.session.get_one(Device, phone.device).person)


def sealed_file(team: Team, phone: Phone, owner: str, *operations: dict[str, Any]) -> bytes:
    """What the phone app saves (``phone/src/vault/sealed_file.ts``)."""
    data_dir = team.world.app.config["SETTINGS"].data_dir
    key = os.urandom(32)
    rows = []
    for operation in operations:
        text = json.dumps({"body": json.dumps(operation)}).encode()
        nonce, place = os.urandom(12), str(operation["n"])
        content = len(text).to_bytes(4) + text
        box = ChaCha20Poly1305(key).encrypt(nonce, content, f"outbox:{place}".encode())
        rows.append({"table": "outbox", "key": place, "sealed": base64.b64encode(nonce + box).decode()})
    public = current_public_key(data_dir, RECOVERY_FOLDER)
    vault = {"device": str(phone.device), "user": owner, "office": seal_bytes(public, key, RECOVERY_INFO)}
    said = {"format": "inspection-sealed-work", "version": 1, "vaults": [{**vault, "rows": rows}]}
    return json.dumps(said).encode()


def administrator(team: Team) -> Visitor:
    team.world.person("quan-tri", "administrator")
    visitor = Visitor(team.world.app)
    visitor.sign_in("quan-tri")
    return visitor


def preview(visitor: Visitor, content: bytes) -> int:
    return visitor.submit("/recovery", {"file": (io.BytesIO(content), "niem-phong.json")}).status_code


def test_a_dead_phones_work_is_looked_at_from_outside_and_enters_under_its_authors_name(team: Team) -> None:
    visit = team.binh.visit(team.campaign, team.shop, note=NOTE)
    visitor = administrator(team)
    assert preview(visitor, sealed_file(team, team.binh, owner_of(team, team.binh), visit)) == 200
    assert ">1</td>" in visitor.page
    assert NOTE not in visitor.page
    assert visit["record"] not in team.lead.pull_all()

    content = visitor.form("/recovery/open")["content"]
    assert visitor.submit("/recovery/open", {"content": content, "reason": " "}).status_code == 422
    assert visit["record"] not in team.lead.pull_all()
    for said in ("đã nhận 1", "đã có 1"):
        visitor.submit("/recovery/open", {"content": content, "reason": "Máy rơi xuống ao"})
        assert said in visitor.page
    assert "Máy rơi xuống ao" in visitor.page
    entered = team.lead.record(visit)
    assert entered["fields"]["note"] == NOTE
    assert entered["authors"]["note"]["user"] == owner_of(team, team.binh)
    openings = [each for each in team.lead.pull_all().values() if each["kind"] == "recovery"]
    assert [each["fields"]["reason"] for each in openings] == ["Máy rơi xuống ao"] * 2


def test_a_file_that_is_none_of_ours_or_was_altered_is_refused_in_words(team: Team) -> None:
    visit = team.binh.visit(team.campaign, team.shop)
    good = sealed_file(team, team.binh, owner_of(team, team.binh), visit)
    visitor = administrator(team)
    assert preview(visitor, b"{}") == 422
    assert "không phải tệp niêm phong" in visitor.page
    assert preview(visitor, sealed_file(team, team.lead, owner_of(team, team.binh), visit)) == 422
    altered = json.loads(good)
    [row] = altered["vaults"][0]["rows"]
    row["sealed"] = base64.b64encode(base64.b64decode(row["sealed"])[:-1] + b"x").decode()
    content = base64.b64encode(json.dumps(altered).encode()).decode()
    assert visitor.submit("/recovery/open", {"content": content, "reason": "Thử"}).status_code == 422
    assert visit["record"] not in team.lead.pull_all()
