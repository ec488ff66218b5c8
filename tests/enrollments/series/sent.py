"""The form of a series, as a browser sends it."""

from django.test import Client

from courses.models import CourseRun

HANA = {
    "family_name": "山田",
    "given_name": "花子",
    "family_name_kana": "ヤマダ",
    "given_name_kana": "ハナコ",
    "email": "hanako@example.jp",
}


def send(client: Client, address: str, runs: list[CourseRun], **more: object):
    """With `step` check or send; `way` each or together."""
    typed = {**HANA, "runs": [run.code for run in runs], "way": "each", "step": "send"}
    return client.post(address, typed | more)
