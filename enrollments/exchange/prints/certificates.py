"""修了証 and 受講証明書 on paper, from what the register holds: the same bytes each time.

The words are Japanese whoever looks, as the certificate is a paper of the city; the line
in English below the title says to others what it is.
"""

from collections.abc import Iterable
from datetime import date, datetime

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import translation

from accounts.exchange.paper.printable import Fact
from accounts.exchange.paper.qr import qr_svg
from accounts.exchange.paper.typesetting import Paper, typeset
from courses.domain.fiscal_year import era_year
from enrollments.enums import CertificateKind
from enrollments.models import Certificate

# A sheet takes 0.7 MB of the typesetter's 300.
AT_ONCE = 200
TITLES = {
    CertificateKind.COMPLETION: ("修了証", "Certificate of Completion"),
    CertificateKind.ATTENDANCE: ("受講証明書", "Certificate of Attendance"),
    CertificateKind.SERIES: ("修了証", "Certificate of Completion"),
    CertificateKind.PATH: ("修了証", "Certificate of Completion"),
}


def certificates_paper(
    certificates: Iterable[Certificate], *, at: datetime | None = None
) -> Paper:
    """One A4 sheet each; `at` of a single one is the moment of its issue.

    Raises: NotTypeset.
    """
    every = list(certificates)
    one = every[0]
    title = TITLES[CertificateKind(one.kind)][0]
    return typeset(
        "enrollments/certificates.typ",
        {"certificates": [_sheet(each) for each in every]},
        title=f"{title} {one.number}" if len(every) == 1 else title,
        at=at or one.issued_at,
    )


def parts(number: int) -> list[tuple[int, int, int]]:
    """So many certificates as files: which part, from where to where."""
    starts = range(0, number, AT_ONCE)
    return [
        (part, first + 1, min(first + AT_ONCE, number))
        for part, first in enumerate(starts, start=1)
    ]


def part_of(certificates: QuerySet[Certificate], number: int) -> list[Certificate]:
    """The part of this number, from 1, in the order of the register."""
    first = (number - 1) * AT_ONCE
    in_order = certificates.select_related("replaces").order_by("fiscal_year", "serial")
    return list(in_order[first : first + AT_ONCE])


def verification_address(certificate: Certificate) -> str:
    with translation.override("ja"):
        path = reverse("certificate", args=[certificate.shown_code])
    return f"{settings.PUBLIC_URL}{path}"


def _sheet(one: Certificate) -> Fact:
    title, english = TITLES[CertificateKind(one.kind)]
    address = verification_address(one)
    return {
        "title": title,
        "english": english,
        "number": f"第 {one.number} 号",
        "holder": f"{one.holder}　{'殿' if one.is_of_group else '様'}",
        "course": one.course_title,
        "words": _words(one),
        "day": era_day(one.issued_on),
        "issuer": one.issuer,
        "section": one.section,
        "replaces": f"第 {one.replaces.number} 号の再発行" if one.replaces else "",
        "void": "" if one.revoked_at is None else "無効",
        "address": address,
        "code": one.shown_code,
        "qr": qr_svg(address),
    }


def _words(one: Certificate) -> str:
    done, of = one.sessions_attended, one.sessions_held
    day = era_day(one.completed_on)
    if one.kind == CertificateKind.SERIES:
        return (
            f"上記のシリーズを{day}に修了した（全{of}単元のうち{done}単元）ことを証します。"
        )
    if one.kind == CertificateKind.PATH:
        return (
            f"上記の学びの道すじを{day}に団体として終えた（{done}ステップ）ことを証します。"
        )
    times = f"全{of}回のうち{done}回出席"
    if one.kind == CertificateKind.ATTENDANCE:
        return f"上記の講座を受講した（{times}、{day}まで）ことを証明します。"
    return f"上記の講座を{day}に修了した（{times}）ことを証します。"


def era_day(day: date) -> str:
    """令和8年11月21日"""
    return f"{era_year(day)}年{day.month}月{day.day}日"
