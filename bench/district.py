"""A district as large as the phone must bear: 5,000 establishments, 300 visits of a campaign, a list to visit."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import Any

from uuid_utils.compat import uuid7

from bench.workload import ANSWERS
from config.extensions import now, write
from inspection.campaigns.rules import target_id
from inspection.journal.edit import edit_all, office_operation
from inspection.journal.operation import Operation, Status
from tests.phone.conftest import District
from tests.world import World, system_author

ESTABLISHMENTS, VISITS, TARGETS = 5000, 300, 200
TOGETHER = 250
WORDS = (
    "Cửa", "hàng", "Quán", "Thực", "phẩm", "Tạp", "hóa", "Bánh", "Phở", "Bún", "Chả", "Đại", "Lộc", "Thanh", "Liêm",
    "Hạnh", "Phúc", "An", "Bình", "Loan", "Đào", "Thị", "Kiện", "Khê", "Sở", "Nguyên", "Hương", "Tân", "Nghị", "Túc",
    "Sơn", "Thủy", "Minh", "Hùng", "Dũng", "Lan", "Mai", "Cúc", "Trúc",
)  # fmt: skip


def fill(district: District) -> None:
    """Bring the district to its full size, through the journal like everything."""
    world = district.world
    shops = [uuid7() for _ in range(ESTABLISHMENTS)]
    _submit(world, (_shop(world, record, at) for at, record in enumerate(shops)))
    _submit(world, _visits(district, shops))
    _submit(world, (_target(district, shop) for shop in shops[:TARGETS]))


def _submit(world: World, operations: Iterable[Operation]) -> None:
    made = list(operations)
    for at in range(0, len(made), TOGETHER):
        together = made[at : at + TOGETHER]
        with world.app.app_context(), write() as session:
            results = edit_all(session, system_author(session, world.jurisdiction), together)
            assert {each.status for each in results} == {Status.APPLIED}, results


def _shop(world: World, record: uuid.UUID, at: int) -> Operation:
    words = [WORDS[at * step % len(WORDS)] for step in (1, 7, 11, 13)]
    fields: dict[str, Any] = {
        "name": f"{' '.join(words)} {at}",
        "address": f"Thôn {at % 90}, xã {WORDS[at * 3 % len(WORDS)]}",
        "owner": f"{WORDS[at * 17 % len(WORDS)]} {WORDS[at * 19 % len(WORDS)]}",
        "phone": f"09{10_000_000 + at * 7919}"[:10],
        "establishment_type": "processing_trade",
    }
    return office_operation(kind="establishment", scope=world.establishments, record=record, fields=fields)


def _visits(district: District, shops: list[uuid.UUID]) -> Iterator[Operation]:
    begun = now() - timedelta(days=5)
    for shop in shops[:VISITS]:
        visit = uuid7()
        made: dict[str, Any] = {
            "campaign": str(district.campaign), "establishment": str(shop), "visit_type": "routine",
            "visited_on": begun.date().isoformat(), "started_at": begun.isoformat(),
            "finished_at": (begun + timedelta(hours=1)).isoformat(),
        }  # fmt: skip
        yield office_operation(kind="visit", scope=district.scope, record=visit, fields=made)
        for number in range(1, ANSWERS + 1):
            item = f"ATTP-C{number:02}"
            answer: dict[str, Any] = {"visit": str(visit), "item": item, "result": "pass"}
            yield office_operation(
                kind="answer", scope=district.scope, record=uuid.uuid5(visit, f"{item}\n"), fields=answer
            )


def _target(district: District, shop: uuid.UUID) -> Operation:
    fields = {"campaign": str(district.campaign), "establishment": str(shop), "reason": "risk"}
    return office_operation(
        kind="target", scope=district.scope, record=target_id(district.campaign, shop), fields=fields
    )
