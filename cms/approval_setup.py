"""The workflow 「課の承認」 on the indexes of courses; safe to lay down again."""

from wagtail.models import Page, Workflow, WorkflowPage, WorkflowTask

from cms.models import CatalogueIndexPage, JointSessionIndexPage
from cms.models.approval import SectionHeadTask

WORKFLOW, TASK = "課の承認", "課長の承認"


def set_up_approval() -> Workflow:
    """It waits until an administrator wants it: see `PublishingSettings`."""
    workflow, _made = Workflow.objects.get_or_create(name=WORKFLOW)
    task, _made = SectionHeadTask.objects.get_or_create(name=TASK)
    WorkflowTask.objects.get_or_create(workflow=workflow, task=task)
    for index in indexes():
        WorkflowPage.objects.update_or_create(page=index, defaults={"workflow": workflow})
    return workflow


def indexes() -> list[Page]:
    """Where the pages of courses stand."""
    kinds = (CatalogueIndexPage, JointSessionIndexPage)
    return [page.page_ptr for kind in kinds for page in kind.objects.all()]
