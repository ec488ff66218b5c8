"""What holds of every kind of list."""

import pytest

from cms.imports.kinds import KINDS
from cms.imports.workbooks import example
from courses.exchange.tables.headings import heading_key, known_as, suggest
from courses.exchange.tables.table import find_reading, open_table
from enrollments.exchange.attendance_columns import attendance_columns
from tests.cms.imports.bringing import as_csv, planned, send

EVERY = sorted(KINDS)


def columns_of(name):
    return KINDS[name].resource.columns or attendance_columns(())


@pytest.mark.parametrize("name", EVERY)
def test_no_heading_means_two_columns(name):
    meant = [key for column in columns_of(name) for key in known_as(column)]
    assert sorted({key for key in meant if meant.count(key) > 1}) == []


@pytest.mark.parametrize("name", EVERY)
def test_own_heading_is_known(name):
    columns = columns_of(name)
    header = [column.heading for column in columns]
    assert list(suggest(header, columns).values()) == [column.name for column in columns]
    assert all(heading_key(one) for one in header)


@pytest.mark.parametrize("name", EVERY)
def test_example_file_is_read_as_it_is_given(name):
    columns = columns_of(name)
    content = example(columns)
    table = open_table(content, find_reading(content, columns))
    named = suggest(table.header, columns)
    assert len(named) == len(table.header)
    assert len(list(table.rows())) == 1


@pytest.mark.django_db
@pytest.mark.parametrize("name", [one for one in EVERY if one not in ("attendance",)])
def test_example_and_form_are_shown(client, officer, name):
    assert client.get(f"/manage/imports/new/{name}/").status_code == 200
    answer = client.get(f"/manage/imports/new/{name}/example/")
    assert answer["Content-Disposition"] == f'attachment; filename="{name}-example.xlsx"'


@pytest.mark.django_db
def test_start_page_leads_to_every_list(client, officer):
    page = client.get("/manage/imports/").content.decode()
    assert [name for name in EVERY if f"/manage/imports/new/{name}/" not in page] == []
    assert 'href="/manage/import/"' in page


@pytest.mark.django_db
def test_residents_and_strangers_do_not_get_in(client, site):
    assert client.get("/manage/imports/").status_code in (302, 403)


@pytest.mark.django_db
def test_mapping_is_kept_by_name_for_the_next_file(client, officer, section):
    rows = (["どこ", "れんらく"], ["北会館", "0422-60-1111"])
    upload = planned(
        client,
        "venues",
        as_csv(*rows),
        department=section.pk,
        columns={"0": "name", "1": "phone"},
    )
    assert upload.state == "planned"
    data = {"column_0": "name", "column_1": "phone", "save_as": "北の一覧"}
    client.post(f"/manage/imports/{upload.key}/plan/", data)
    answer = send(client, "venues", as_csv(*reversed_columns(rows)), department=section.pk)
    again = type(upload).objects.get(key=answer["Location"].split("/")[-2])
    assert again.mapping == {"0": "phone", "1": "name"}


def reversed_columns(rows):
    return [list(reversed(row)) for row in rows]


@pytest.mark.django_db
def test_refused_file_is_told_at_once(client, officer, section):
    answer = send(client, "venues", b"%PDF-1.7", department=section.pk)
    assert answer.status_code == 422
    assert "表のファイルではありません。" in answer.content.decode()
