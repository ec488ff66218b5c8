from django.utils.translation import override

from accounts.models import Department


def test_section_is_named_in_the_readers_language():
    section = Department(name="学習課", name_en="Learning Division")

    assert section.label == "学習課"
    with override("en"):
        assert section.label == "Learning Division"
        assert Department(name="学習課").label == "学習課"
