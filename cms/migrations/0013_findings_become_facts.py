"""Findings leave the pages of joint sessions and become facts: a page is prose, a run is a
fact. Nothing is lost: what a page shows stays public; what only a draft says becomes a
version that waits for approval. One way: going back leaves the pages' field empty."""

import json
from datetime import date
from uuid import uuid4

from django.db import migrations
from django.utils import timezone


def plain(items):
    """Lists of blocks are stored with or without a wrapper of their own."""
    return [
        item["value"] if isinstance(item, dict) and item.get("type") == "item" else item
        for item in items or []
    ]


def content_of(value):
    steps = [
        {
            "key": str(uuid4()),
            "what": step["what"],
            "who": step.get("who") or "",
            "when": step.get("when") or "",
            "due_on": "",
        }
        for step in plain(value.get("next_steps"))
    ]
    agreed = plain(value.get("issues"))
    return {"learned": [], "agreed": agreed, "remains": [], "steps": steps}


def said(content):
    """To tell the same findings on two pages, or in a draft, apart from others."""
    steps = [(one["what"], one["who"], one["when"]) for one in content["steps"]]
    return [*content["agreed"], *steps]


def drafted(page, revisions):
    """What the latest revision says, where it is a draft."""
    if not page.has_unpublished_changes or page.latest_revision_id is None:
        return []
    revision = revisions.filter(pk=page.latest_revision_id).first()
    found = revision.content.get("findings") if revision else None
    return json.loads(found) if isinstance(found, str) else found or []


class Mover:
    def __init__(self, apps):
        self.findings = apps.get_model("enrollments", "SharedFindings").objects
        self.versions = apps.get_model("enrollments", "FindingsVersion").objects
        self.steps = apps.get_model("enrollments", "NextStep").objects
        self.sessions = apps.get_model("courses", "Session").objects

    def move(self, page, value, *, public):
        content = content_of(value)
        day = date.fromisoformat(str(value["held_on"]))
        known = self.findings.filter(course=page.course_id, held_on=day)
        same = [
            version
            for version in self.versions.filter(findings__in=known)
            if said(version.content) == said(content)
        ]
        if same:
            return
        at = page.last_published_at or timezone.now()
        topic = value.get("topic") or ""
        draft = known.filter(topic=topic).first() if not public else None
        found = draft or self.findings.create(
            course_id=page.course_id,
            session=self.session_on(page.course_id, day),
            held_on=day,
            topic=topic,
            created_at=at,
        )
        version = self.versions.create(
            findings=found,
            number=self.versions.filter(findings=found).count() + 1,
            content=content,
            side="staff",
            author="",
            at=at,
        )
        if public:
            self.publish(found, version, content, at)

    def session_on(self, course, day):
        """Of that day; none where it is not on record, or has its findings already."""
        for session in self.sessions.filter(run__course=course).order_by("starts_at", "pk"):
            taken = self.findings.filter(session=session).exists()
            if timezone.localdate(session.starts_at) == day and not taken:
                return session
        return None

    def publish(self, found, version, content, at):
        found.published, found.published_at = version, at
        found.save()
        for position, step in enumerate(content["steps"], 1):
            self.steps.create(
                findings=found,
                key=step["key"],
                position=position,
                what=step["what"],
                who=step["who"],
                when=step["when"],
            )


def findings_become_facts(apps, schema_editor):
    mover = Mover(apps)
    revisions = apps.get_model("wagtailcore", "Revision").objects
    pages = apps.get_model("cms", "JointSessionPage").objects
    for page in pages.order_by("-live", "pk"):
        for block in page.findings.raw_data:
            mover.move(page, block["value"], public=page.live)
        for block in drafted(page, revisions):
            mover.move(page, block["value"], public=False)


class Migration(migrations.Migration):
    dependencies = [
        ("cms", "0012_export_jobs"),
        ("enrollments", "0030_shared_findings"),
        ("wagtailcore", "0001_squashed_0016_change_page_url_path_to_text_field"),
    ]

    operations = [
        migrations.RunPython(findings_become_facts, migrations.RunPython.noop),
    ]
