from django.template import engines

from cms.warming import FOLDERS, warm


def test_nothing_is_asked_that_processes_must_not_share(django_assert_num_queries, db):
    with django_assert_num_queries(0):
        warm()


def test_templates_of_residents_are_ready(settings):
    loader = engines["django"].engine.template_loaders[0]
    loader.reset()
    warm()

    kept = {template.name for template in loader.get_template_cache.values()}
    assert {"base.html", "components/header.html", "enrollments/apply.html"} <= kept
    assert {name.split("/")[0] for name in kept if "/" in name} >= set(FOLDERS)
