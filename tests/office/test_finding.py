"""A form finds one establishment among thousands instead of listing them, with and without scripts."""

import re
import uuid

import pytest

from config.extensions import db
from inspection.complaints.models import Complaint
from tests.office.conftest import Office
from tests.office.test_complaints import PETITION, enter

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
CHOICE = re.compile(r'<input type="radio" name="establishment" value="([^"]*)"( checked)?> ([^<]+)</label>')


def pointed(office: Office, path: str) -> uuid.UUID | None:
    with office.world.app.app_context():
        return db.session.get_one(Complaint, uuid.UUID(path.rpartition("/")[2])).establishment


def test_a_petition_is_tied_to_an_establishment_that_was_found_by_its_name(office: Office) -> None:
    bakery = str(office.world.establishment(name="Lò bánh Hải Yến"))
    office.world.establishment(name="Tiệm thuốc Bình An")
    desk = office.visitor("desk")
    desk.get("/complaints/new")
    assert "Hải Yến" not in desk.page
    asked = {**PETITION, "summary": "Bánh mốc", "find": "establishment", "establishment-words": "hai yen"}
    assert desk.submit("/complaints/new", asked).status_code == 200
    assert "Bánh mốc" in desk.page, "what was entered stays"
    found = CHOICE.findall(desk.page)
    assert [one[0] for one in found] == ["", bakery]
    assert found[1][2].startswith("Lò bánh Hải Yến")
    again = {**asked, "establishment": bakery, "establishment-words": "nothing like it"}
    desk.submit("/complaints/new", again)
    assert [one[:2] for one in CHOICE.findall(desk.page)] == [("", ""), (bakery, " checked")]
    _, path = enter(office, establishment=bakery)
    assert str(pointed(office, path)) == bakery

    edit = f"{path.replace('complaints', 'records')}/edit"
    desk.get(edit)
    shown = desk.hidden()
    assert (bakery, " checked") in [one[:2] for one in CHOICE.findall(desk.page)]
    desk.submit(
        edit,
        {
            **shown,
            **PETITION,
            "find": "establishment",
            "establishment": bakery,
            "establishment-words": "binh an",
        },
    )
    chemist = CHOICE.findall(desk.page)[-1][0]
    assert str(pointed(office, path)) == bakery, "looking changes nothing"
    desk.submit(edit, {**desk.hidden(), **PETITION, "establishment": chemist})
    assert str(pointed(office, path)) == chemist

    content = f"{path}/contents/new"
    desk.submit(content, {**asked, "establishment-words": "thuoc"})
    assert [one[0] for one in CHOICE.findall(desk.page)] == ["", chemist]


def test_what_a_script_asks_for_names_establishments_and_nothing_else(office: Office) -> None:
    for number in range(25):
        office.world.establishment(name=f"Quán số {number}")
    desk = office.visitor("desk")
    desk.get(f"/establishments/find?words=quan+so&chosen={office.people['handler']}")
    assert "25" in desk.page
    assert len(CHOICE.findall(desk.page)) == 22
    assert "Nguyễn" not in desk.page
    assert desk.get("/establishments/find?words=%3Cb%3E").status_code == 200
    assert "<b>" not in desk.page
    assert office.visitor("administrator").get("/establishments/find?words=a").status_code == 403
