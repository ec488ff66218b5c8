"""What was typed into an application form, changed by one of its buttons, without a
script: rows added or taken out, an address filled in, a mail address put right."""

from django.http import QueryDict

from accounts.domain.mail_hints import likely_meant
from accounts.domain.postcodes import address_of
from enrollments.forms.party import with_one_more, without


def changed(data: QueryDict, step: str, *, most: int) -> QueryDict:
    """`step` is the button; `most` companions fit. Any other button changes nothing."""
    act, _sep, number = step.partition(":")
    if act == "add":
        return with_one_more(data, most)
    if act == "remove" and number.isascii() and number.isdigit() and len(number) < 3:
        return without(data, most, int(number))
    if act == "postcode":
        filled = data.copy()
        known = address_of(data.get("postal_code", ""))
        filled["address"] = known or data.get("address", "")
        return filled
    return data


def with_mail_as_meant(data: QueryDict) -> QueryDict:
    put_right = data.copy()
    put_right["email"] = likely_meant(data.get("email", "")) or data.get("email", "")
    return put_right
