"""Requests for seats by people with names."""

from typing import Any

from enrollments.domain.requests import PersonName, SeatRequest

HANAKO = PersonName("山田", "花子", "ヤマダ", "ハナコ")
TARO = PersonName("佐藤", "太郎", "サトウ", "タロウ")
JIRO = PersonName("田中", "次郎", "タナカ", "ジロウ")
KEIKO = PersonName("高橋", "恵子", "タカハシ", "ケイコ")


def request_by(person: PersonName, **wishes: Any) -> SeatRequest:
    wishes.setdefault("email", f"{person.given_kana.lower().encode().hex()}@example.jp")
    return SeatRequest(applicant=person, **wishes)
