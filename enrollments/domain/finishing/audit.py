"""A recount of the register of certificates, for `manage.py audit`."""

from django.db.models import Count, F, Max, Min, Q

from enrollments.enums import CertificateKind, CompletionAct
from enrollments.models import (
    Certificate,
    CertificateRegister,
    Completion,
    CompletionTrace,
)


def register_differences() -> list[str]:
    """Numbers without a gap, replaced ones ended, every completion with its trace."""
    return [*_numbers(), *_standing(), *_traces()]


def _numbers() -> list[str]:
    last = dict(CertificateRegister.objects.values_list("fiscal_year", "last_serial"))
    years = Certificate.objects.order_by().values("fiscal_year")
    counted = years.annotate(
        rows=Count("pk"), first=Min("serial"), highest=Max("serial")
    ).values_list("fiscal_year", "rows", "first", "highest")
    found = []
    for year, rows, first, highest in counted:
        if first != 1 or highest != rows:
            found.append(f"修了証 {year}年度: 番号に欠番がある（{rows}枚、最後 {highest}）")
        if last.pop(year, 0) != highest:
            found.append(f"修了証 {year}年度: 台帳の最後の番号と合わない")
    return [
        *found,
        *(
            f"修了証 {year}年度: 台帳の最後の番号と合わない"
            for year, n in last.items()
            if n
        ),
    ]


def _standing() -> list[str]:
    strayed = Certificate.objects.filter(
        Q(run__isnull=False) & ~Q(participant__application__run=F("run"))
        | Q(replaces__isnull=False, replaces__revoked_at=None)
        | Q(
            kind=CertificateKind.COMPLETION,
            revoked_at=None,
            completion__isnull=False,
        )
        & ~Q(completion__participant=F("participant"))
    )
    return [f"修了証 {one.number}: 修了や再発行の記録と合わない" for one in strayed]


def _traces() -> list[str]:
    given = CompletionTrace.objects.filter(act=CompletionAct.GIVEN)
    bare = Completion.objects.exclude(participant__in=given.values("participant"))
    return [f"修了 {one.pk}: 経過の記録がない" for one in bare]
