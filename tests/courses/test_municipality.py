"""全国地方公共団体コード, checked against codes that are printed everywhere."""

import pytest

from courses.domain.municipality import check_digit, is_municipality_code


@pytest.mark.parametrize("code", ["132039", "132101", "012041", "011002", "999997"])
def test_check_digit_is_that_of_real_codes(code):
    assert check_digit(code[:5]) == code[5]
    assert is_municipality_code(code)


@pytest.mark.parametrize(
    "code", ["", "13203", "132030", "1320399", "132O39", "１３２０３９", "-13203", " 32039"]
)
def test_what_is_no_code_is_refused(code):
    assert not is_municipality_code(code)
