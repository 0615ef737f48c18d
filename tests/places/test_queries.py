"""Reads of units and establishments, on both databases."""

from datetime import date

from flask import Flask

from config.extensions import db
from inspection.places.queries import find_establishments, unit_on, units_on
from inspection.places.reference import units
from tests.world import World


def with_units(app: Flask) -> World:
    world = World(app)
    for unit in units():
        world.add(
            "unit", world.reference, unit.id, **{k: v for k, v in unit.record().items() if v is not None}
        )
    return world


def test_units_of_a_day(app: Flask) -> None:
    world = with_units(app)
    with app.app_context():
        before = units_on(db.session(), world.reference, date(2022, 9, 1), ["commune", "township"])
        after = units_on(db.session(), world.reference, date(2026, 9, 1), ["commune", "ward"])
    assert len(before) == 16
    assert len(after) == 6


def test_where_an_old_commune_stood_its_successor_stands_today(app: Flask) -> None:
    world = with_units(app)
    old = next(unit for unit in units() if unit.name == "Xã Thanh Nguyên")
    with app.app_context():
        stands = unit_on(db.session(), world.reference, old.id, date(2026, 9, 1))
        stood = unit_on(db.session(), world.reference, old.id, date(2022, 9, 1))
        never = unit_on(db.session(), world.reference, old.id, date(1999, 1, 1))
        assert stands is not None
        assert stands.name == "Xã Thanh Liêm"
        assert stood is not None
        assert stood.name == "Xã Thanh Nguyên"
    assert never is None


def test_an_establishment_is_found_without_its_marks(app: Flask) -> None:
    world = World(app)
    wanted = world.establishment("Cơ sở bánh đa nướng Hòa Khê")
    world.establishment("Nhà hàng Bến Đáy")
    elsewhere = World(app)
    elsewhere.establishment("Bánh đa Hòa Khê")
    with app.app_context():
        found = find_establishments(db.session(), world.establishments, "BANH DA")
        nothing = find_establishments(db.session(), world.establishments, "  ")
        assert [each.id for each in found] == [wanted]
    assert nothing == []
