"""Prose as it is written down, and the blocks that it becomes."""

import pytest

from cms.plain_prose import blocks_of


@pytest.mark.parametrize(
    ("text", "blocks"),
    [
        ("## 内容", [("heading", "内容")]),
        ("一\n\n二", [("paragraph", "<p>一</p><p>二</p>")]),
        ("- a\n- **b**", [("paragraph", "<ul><li>a</li><li><b>b</b></li></ul>")]),
        ("1. 歩く\n2. 話す", [("steps", {"steps": ["歩く", "話す"]})]),
        (
            "Q. いつ\nA. 明日",
            [("question", {"question": "いつ", "answer": "<p>明日</p>"})],
        ),
        (
            "> よかった。\n— 受講者",
            [("quotation", {"words": "よかった。", "who": "受講者"})],
        ),
        (
            "@courses theme=disaster&open=1 | 3 | 防災の講座",
            [
                (
                    "courses",
                    {
                        "address": "/courses/?theme=disaster&open=1",
                        "most": 3,
                        "heading": "防災の講座",
                    },
                )
            ],
        ),
        ("@apply bosai | ぜひ", [("apply", {"course": "bosai", "words": "ぜひ"})]),
        ("@people a b", [("people", {"people": ["a", "b"]})]),
        ("<script>", [("paragraph", "<p>&lt;script&gt;</p>")]),
    ],
)
def test_marks_become_blocks(text, blocks):
    assert blocks_of(text) == blocks
