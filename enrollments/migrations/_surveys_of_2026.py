"""Surveys to begin from. The keys stay, so that runs can be compared; what is asked
follows what the cities' plans want to know: whether it was of use, how people heard of
it, and what they will do next."""


def one(key, label, label_en, options, *, required=False):
    return _question(key, "one", label, label_en, options, required=required)


def several(key, label, label_en, options, *, help_text=""):
    return _question(key, "several", label, label_en, options, help_text=help_text)


def scale(key, label, label_en, low, high, *, required=False):
    return _question(key, "scale", label, label_en, (low, high), required=required)


def text(key, label, label_en, *, help_text=""):
    return _question(key, "text", label, label_en, (), help_text=help_text)


def _question(key, kind, label, label_en, options, *, required=False, help_text=""):
    return {
        "key": key,
        "kind": kind,
        "label": label,
        "label_en": label_en,
        "help_text": help_text,
        "options": [ja for ja, _en in options],
        "options_en": [en for _ja, en in options],
        "required": required,
    }


SATISFIED = scale(
    "satisfaction",
    "全体として、どのくらい満足しましたか",
    "Overall, how satisfied are you?",
    ("満足していない", "Not satisfied"),
    ("とても満足", "Very satisfied"),
    required=True,
)
UNDERSTOOD = scale(
    "understanding",
    "内容はわかりやすかったですか",
    "Was the content easy to follow?",
    ("わかりにくい", "Hard to follow"),
    ("とてもわかりやすい", "Very easy to follow"),
)
LENGTH = one(
    "length",
    "時間の長さはいかがでしたか",
    "How was the length?",
    (
        ("短かった", "Too short"),
        ("ちょうどよかった", "Just right"),
        ("長かった", "Too long"),
    ),
)
HEARD = several(
    "heard",
    "この講座を何で知りましたか",
    "How did you hear about this course?",
    (
        ("市報", "City bulletin"),
        ("市のホームページ", "City website"),
        ("チラシ・ポスター", "Flyer or poster"),
        ("SNS", "Social media"),
        ("知人の紹介", "Someone I know"),
        ("以前に参加した講座", "An earlier course"),
        ("そのほか", "Other"),
    ),
    help_text="あてはまるものを、いくつでもえらんでください。",
)
FIRST = one(
    "first_time",
    "市の講座に参加するのは初めてですか",
    "Is this your first course by the city?",
    (
        ("初めて", "Yes, the first"),
        ("2回目から5回目", "Second to fifth"),
        ("6回目以上", "Sixth or more"),
    ),
)
USEFUL = scale(
    "useful",
    "これからの活動に役立ちそうですか",
    "Will it be useful for what you do?",
    ("役立ちそうにない", "Not useful"),
    ("とても役立ちそう", "Very useful"),
)
NEXT = several(
    "next",
    "これから、してみたいことはありますか",
    "What would you like to do next?",
    (
        ("さらに学ぶ", "Learn more"),
        ("市民活動団体に参加する", "Join a civic group"),
        ("自分たちで活動を始める", "Start something ourselves"),
        ("地域の行事を手伝う", "Help at local events"),
        ("まだわからない", "Not sure yet"),
    ),
)
AGE = one(
    "age",
    "年代",
    "Age",
    (
        ("20歳未満", "Under 20"),
        ("20〜30代", "20 to 39"),
        ("40〜50代", "40 to 59"),
        ("60代", "60 to 69"),
        ("70歳以上", "70 or over"),
        ("答えない", "Prefer not to say"),
    ),
)
GOOD = text("good", "よかったこと、心に残ったこと", "What was good, what will you remember?")
BETTER = text(
    "better",
    "変えたほうがよいこと、取り上げてほしいこと",
    "What should be changed or taken up?",
    help_text="お名前や、だれのことかわかることは書かないでください。",
)
LEARNED = scale(
    "other_side",
    "市民と職員の、たがいの考えを知ることができましたか",
    "Did citizens and staff learn what the other side thinks?",
    ("できなかった", "Not at all"),
    ("よくできた", "Very much"),
    required=True,
)
SPOKE = scale(
    "spoke",
    "対等に、安心して話せましたか",
    "Could you speak as equals and at ease?",
    ("話せなかった", "Not at all"),
    ("よく話せた", "Very much"),
)
SHARED = scale(
    "shared",
    "地域の課題を、いっしょに考えられたと感じますか",
    "Do you feel you thought about local issues together?",
    ("感じない", "Not at all"),
    ("とても感じる", "Very much"),
)
STEP = several(
    "step",
    "次の一歩として、かかわりたいことはありますか",
    "Which next step would you like to be part of?",
    (
        ("話し合いの続き", "Going on talking"),
        ("現地の見学や調査", "Visits and surveys on site"),
        ("小さな実践", "A small trial"),
        ("ほかの人への紹介", "Telling others"),
        ("いまはかかわれない", "Not now"),
    ),
)
INTRO = "これからの講座づくりに生かします。3分ほどで終わります。"

TEMPLATES = (
    {
        "name": "講座のあと（標準）",
        "occasion": "run",
        "title": "講座のアンケート",
        "intro": INTRO,
        "questions": [
            *(SATISFIED, UNDERSTOOD, USEFUL, LENGTH, HEARD, FIRST, NEXT),
            *(GOOD, BETTER, AGE),
        ],
    },
    {
        "name": "1回ごと（短いもの）",
        "occasion": "session",
        "title": "今日の回のアンケート",
        "intro": "次の回に生かします。1分ほどで終わります。",
        "questions": [SATISFIED, UNDERSTOOD, LENGTH, BETTER],
    },
    {
        "name": "市民と職員の合同の回",
        "occasion": "joint",
        "title": "合同学習会のアンケート",
        "intro": "市民の方にも職員にも、同じ質問をしています。結果は並べて見ます。",
        "questions": [SATISFIED, LEARNED, SPOKE, SHARED, STEP, GOOD, BETTER],
    },
)
