from django.utils import translation

from cms.presenters.facets import Choice
from cms.templatetags.choices import choice_lines


def line(**said) -> str:
    about = {"facet": "area", "value": "北", "label": "北", "count": 2, "chosen": False}
    return choice_lines([Choice(**{**about, "anchor": "area-0", **said})])


def test_a_choice_says_how_many_it_would_find():
    assert line() == (
        '<li><label><input type="checkbox" id="c-area-0" name="area" value="北">'
        ' <span>北</span> <span id="n-area-0" class="choices__count">2'
        '<span class="visually-hidden">件</span></span></label></li>\n'
    )


def test_a_chosen_choice_of_a_tree_that_finds_nothing_says_so():
    html = line(chosen=True, count=0, depth=1)

    assert '<label class="choices__depth-1">' in html
    assert 'value="北" checked>' in html
    assert 'class="choices__count choices__count--none">0<' in html


def test_words_of_officers_are_no_markup():
    html = line(value='"><b>', label="<script>")

    assert 'value="&quot;&gt;&lt;b&gt;"' in html
    assert "<span>&lt;script&gt;</span>" in html


def test_unit_is_in_the_language_of_the_reader():
    with translation.override("en"):
        assert "件" not in line()
