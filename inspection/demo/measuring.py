"""What the demonstration measured: the scale of every shop, a lot of moon cakes where labels were wrong, a sample."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

MOON_CAKES = ("251.2", "250.4", "249.1", "252.0", "250.8", "248.6", "250.3", "251.5", "249.7", "250.9")


def measured(day: date, failed: frozenset[str]) -> Iterator[tuple[str, dict[str, object]]]:
    """Kinds and fields of what was measured on a visit of ``day`` on which these items failed."""
    expired = "DL-C02" in failed
    yield (
        "instrument_check",
        {
            "instrument": "spring_scale",
            "subject": "Cân quầy bán hàng",
            "serial": "TD-0417",
            "evidence": "sticker",
            "stated_until": f"{day.year - 1 if expired else day.year}-12-31",
            "capacity": "5",
            "division": "20",
            "side": "seller",
            "reading_unit": "kg",
            "references": ["2"],
            "indications": ["2.005"],
            "verdict": "fail" if expired else "pass",
        },
    )
    if "NH-C02" in failed:
        yield (
            "package_check",
            {
                "product": "Bánh nướng nhân thập cẩm",
                "nominal": "250",
                "nominal_unit": "g",
                "reading_unit": "g",
                "lot_size": len(MOON_CAKES),
                "weights": list(MOON_CAKES),
                "verdict": "pass",
            },
        )
    if "CL-C04" in failed:
        yield (
            "sample",
            {
                "product": "Bánh dẻo hết hạn",
                "quantity": "2",
                "quantity_unit": "gói",
                "purpose": "Vi sinh vật",
                "sealed": True,
                "sent_to": "Trung tâm Kiểm nghiệm (trình diễn)",
                "result": "pending",
            },
        )
