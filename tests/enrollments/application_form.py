"""An application form filled in, as a browser sends it."""

from uuid import uuid4

COMPANION = ("family_name", "given_name", "family_name_kana", "given_name_kana")


def filled(**changes: object) -> dict[str, object]:
    said = {
        "family_name": "山田",
        "given_name": "花子",
        "family_name_kana": "やまだ",
        "given_name_kana": "ﾊﾅｺ",
        "email": "hanako@example.jp",
        "submission_key": str(uuid4()),
        "step": "send",
    }
    return said | changes


def companion(number: int, *names: str) -> dict[str, str]:
    keys = (f"companion{number}-{name}" for name in COMPANION)
    return dict(zip(keys, names, strict=True))


def address_of(run: object) -> str:
    return f"/apply/{run.code}/"  # type: ignore[attr-defined]
