"""The self-check of the demo city, and a group that records stages of two activities."""

from datetime import datetime, timedelta

from accounts.models import User
from cms.demo.reading import read
from courses.models import Stage
from learning_paths.domain.activities import begin_activity
from learning_paths.domain.checks import check_in_force, questions_of, record_check
from learning_paths.domain.making_checks import (
    AnswerDraft,
    QuestionDraft,
    begin_version,
    publish_check,
    write_check,
)
from learning_paths.enums import MemberRole
from learning_paths.models import Group


def build_self_check(admin: User, *, at: datetime) -> None:
    stages = dict(Stage.objects.values_list("key", "pk"))
    content = read("check")
    moment = at - timedelta(days=200)
    write_check(
        check=begin_version(by=admin, at=moment),
        intro=content["intro"],
        intro_en=content["intro_en"],
        questions=[
            QuestionDraft(
                entry["text"],
                entry["text_en"],
                [
                    AnswerDraft(
                        text, english, {stages[key]: weight for key, weight in of.items()}
                    )
                    for text, english, of in entry["answers"]
                ],
            )
            for entry in content["question"]
        ],
        by=admin,
    )
    publish_check(check=begin_version(by=admin, at=moment), by=admin, at=moment)


def record_activities(leader: User, *, at: datetime) -> None:
    """The demo's leader tells two activities of the group apart, one by the self-check."""
    own = Group.objects.filter(
        memberships__user=leader, memberships__role=MemberRole.LEADER
    ).first()
    check = check_in_force()
    if own is None or check is None:
        return
    moment = at - timedelta(days=20)
    activity = begin_activity(group=own, name="こども見守り散歩", by=leader, at=moment)
    answers = [question.answers.all()[2].pk for question in questions_of(check)]
    record_check(
        group=own, check=check, answers=answers, activity=activity, by=leader, at=moment
    )
