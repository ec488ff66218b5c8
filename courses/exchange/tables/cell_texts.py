"""What stands in a cell of a workbook, as people see it."""

from datetime import date, datetime, time, timedelta
from typing import Any

MOMENT, DAY, TIME = "%Y-%m-%d %H:%M:%S", "%Y-%m-%d", "%H:%M:%S"


def text_of(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "○" if value else ""
    if isinstance(value, datetime):
        midnight = value.time() == time()
        return value.strftime(DAY if midnight else MOMENT)
    if isinstance(value, date):
        return value.strftime(DAY)
    if isinstance(value, time):
        return value.strftime(TIME)
    if isinstance(value, timedelta):
        return str(value)
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value)
