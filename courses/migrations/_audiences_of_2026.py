"""For whom courses are, as the finders of lifelong learning name them (対象者 in the
survey of 生涯学習情報提供システム): key, name, English name."""

AUDIENCES = (
    ("anyone", "どなたでも", "Everyone"),
    ("children", "子ども", "Children"),
    ("families", "親子・子育て中の方", "Families with children"),
    ("teens", "中学生・高校生", "Junior and senior high school students"),
    ("young", "学生・若い世代", "Students and young adults"),
    ("working", "働いている方", "People in work"),
    ("seniors", "シニア", "Older people"),
    ("groups", "市民活動団体", "Civic groups"),
    ("staff", "市の職員", "City staff"),
)
