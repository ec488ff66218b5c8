"""What residents of the demo city would type, and the courses that they should find.

Written by reading `cms/demo/content/`, not by looking at what the search answers: a course
is expected where its text, its theme, kind, place, teacher, partner or section is what was
asked for. Groups of slugs that several queries ask for come first.
"""

DISASTER = {
    "hazard-map",
    "bosai-machiaruki",
    "hinanjo-game",
    "zaitaku-hinan",
    "hairyo-hitsuyo-hinan",
    "godo-hinanjo",
    "demae-wagamachi-bosai",
    "risk-management",
    "chiisana-ko-to-nigeru",
}
SHELTERS = {
    "hazard-map",
    "hinanjo-game",
    "hairyo-hitsuyo-hinan",
    "godo-hinanjo",
    "demae-wagamachi-bosai",
}
SIGNING = {
    "hazard-map",
    "hairyo-hitsuyo-hinan",
    "shuwa-nyumon",
    "shimin-katsudo-forum",
    "chiisana-ko-to-nigeru",
}
GROWING_UP = {
    "chukosei-machikatsu",
    "kodomo-no-ibasho",
    "playpark-oyako",
    "kodomo-shokudo-hajimekata",
    "futoko-wo-shiru",
    "godo-kodomo-no-koe",
    "ehon-yomikikase",
    "kawa-no-ikimono",
    "chiisana-ko-to-nigeru",
}
PARENTING = GROWING_UP | {"hajimete-no-shimin-katsudo", "chiiki-debut"}
OLDER_PEOPLE = {
    "chiiki-debut",
    "ninchisho-supporter",
    "salon-tsukurikata",
    "ido-to-kaimono",
    "godo-mimamori",
    "hairyo-hitsuyo-hinan",  # 高齢の人
}
VOLUNTEERS = {
    "ichinichi-volunteer",
    "ehon-yomikikase",
    "hajimete-no-romu",
    "tabunka-koryu",
    "nihongo-volunteer",
    "smartphone-sodan",
}
DISABILITY = {"hairyo-hitsuyo-hinan", "shuwa-nyumon", "kikoe-to-miekata"}
FOREIGNERS = {"hairyo-hitsuyo-hinan", "tabunka-koryu", "nihongo-volunteer"}
NEIGHBOURS = {"zaitaku-hinan", "kaigi-to-goi", "demae-gomi"}
WASTE = {"food-loss", "ie-no-dannetsu", "machi-no-data", "demae-gomi", "oyako-denki-kosaku"}
BOOKS = {
    "dantai-no-tsukurikata",
    "dantai-kaikei-kiso",
    "kessan-jigyo-hokoku",
    "jimu-pasokon",
}
COORDINATORS = {
    "machizukuri-cafe",
    "dantai-kengaku",
    "coordinator-yosei",
    "coordinator-followup",
}
RISK = {
    "hinanjo-game",
    "leader-yosei",
    "coordinator-yosei",
    "risk-management",
    "godo-mimamori",
    "kojin-joho-chosakuken",
}
TALKS = {
    "hinanjo-game",
    "godo-hinanjo",
    "ichinichi-volunteer",
    "facilitation-nyumon",
    "coordinator-yosei",
    "godo-kodomo-no-koe",
    "sns-de-tsutaeru",
    "godo-midori-no-kihon",
    "kyodo-suishinin-kenshu",
}
PLAIN_JAPANESE = {
    "yasashii-nihongo",
    "tabunka-koryu",
    "nihongo-volunteer",
    "yasashii-nihongo-shokuin",
}
KITAHARA = {
    "bosai-machiaruki",
    "demae-wagamachi-bosai",
    "ninchisho-supporter",
    "food-loss",
    "smartphone-hajime",
}
WOODS = {"zokibayashi-teire", "godo-midori-no-kihon"}
WELFARE_COUNCIL = {
    "hairyo-hitsuyo-hinan",
    "chiiki-debut",
    "ichinichi-volunteer",
    "dantai-kengaku",
    "kiku-chikara",
    "coordinator-yosei",
    "kodomo-shokudo-hajimekata",
    "ninchisho-supporter",
    "salon-tsukurikata",
    "kikoe-to-miekata",
    "godo-mimamori",
}
HOW_TO_MAKE = {
    "zaitaku-hinan",
    "dantai-no-tsukurikata",
    "kaigi-to-goi",
    "salon-tsukurikata",
    "kessan-jigyo-hokoku",
}
ASKING_FOR_MONEY = {
    "joseikin-shinsei",
    "tsutaeru-chikara",
    "ie-no-dannetsu",  # 市の補助制度
    "salon-tsukurikata",  # 市の補助
    "dantai-shikin-sodan",
}

QUERIES = {
    # words inside a run of kanji
    "防災": DISASTER,
    "避難所": SHELTERS,
    "会計": BOOKS,
    "認知症": {"ninchisho-supporter"},
    "断熱": {"ie-no-dannetsu"},
    "雑木林": WOODS,
    "著作権": {"kojin-joho-chosakuken"},
    "不登校": {"futoko-wo-shiru"},
    "居場所": {"chukosei-machikatsu", "kodomo-no-ibasho", "futoko-wo-shiru"},
    "総合計画": {"godo-sogo-keikaku"},
    "企画書": {"kikakusho-workshop"},
    "地震": {"hazard-map", "bosai-machiaruki"},
    "名簿": {"jimu-pasokon", "kojin-joho-chosakuken"},
    "総会": {"dantai-kaikei-kiso", "kessan-jigyo-hokoku"},
    "保険": {"risk-management", "salon-tsukurikata", "hajimete-no-romu"},
    "放課後": {"chukosei-machikatsu", "kodomo-no-ibasho"},
    "小学生": {"bosai-machiaruki", "kawa-no-ikimono", "zokibayashi-teire"},
    # readings
    "ぼうさい": DISASTER,
    "ボウサイ": DISASTER,
    "ひなんじょ": SHELTERS,
    "にんちしょう": {"ninchisho-supporter"},
    "しゅわ": SIGNING,
    "けいちょう": {"kiku-chikara"},
    "がいこくじん": FOREIGNERS,
    "ふとうこう": {"futoko-wo-shiru"},
    "えほん": {"ehon-yomikikase"},
    "ちょさくけん": {"kojin-joho-chosakuken"},
    "こそだて": PARENTING,
    "ぞうきばやし": WOODS,
    # widths and cases
    "ＳＮＳ": {"sns-de-tsutaeru"},
    "ｽﾏｰﾄﾌｫﾝ": {"smartphone-sodan", "smartphone-hajime"},
    "ﾎﾞﾗﾝﾃｨｱ": VOLUNTEERS,
    "ＺＯＯＭ": {"sns-de-tsutaeru"},
    "ﾘｽｸﾏﾈｼﾞﾒﾝﾄ": RISK,
    # okurigana and other spellings
    "よみきかせ": {"ehon-yomikikase"},
    "読みきかせ": {"ehon-yomikikase"},
    "話合い": TALKS,
    "引き継ぎ": {"tsuzuku-dantai"},
    "打ち合わせ": {"kyodo-suishinin-kenshu"},
    "作り方": HOW_TO_MAKE,
    "街歩き": {"bosai-machiaruki", "midorino-rekishi-aruki"},
    "生き物": {"kawa-no-ikimono"},
    "焚き火": {"playpark-oyako"},
    "落葉": {"zokibayashi-teire"},
    "ゴミ": WASTE,
    "子供": GROWING_UP
    | {"tabunka-koryu", "yasashii-nihongo", "godo-sogo-keikaku", "sns-de-tsutaeru"}
    | {"dantai-kengaku", "food-loss"},
    # middle dots, long vowels, other katakana
    "オープン・データ": {"machi-no-data"},
    "リスク・マネジメント": RISK,
    "クラウド・ファンディング": {"crowdfunding-nyumon"},
    "コーディネータ": COORDINATORS,
    "サポータ": {"ninchisho-supporter"},
    "ヴォランティア": VOLUNTEERS,
    # other words for the same
    "スマホ": {"smartphone-sodan", "smartphone-hajime"},
    "シニア": OLDER_PEOPLE,
    "お年寄り": OLDER_PEOPLE,
    "補助金": ASKING_FOR_MONEY,
    "PC": {"jimu-pasokon", "tsutawaru-chirashi"},
    "エクセル": {"jimu-pasokon", "machi-no-data", "dantai-kaikei-kiso"},
    "クラファン": {"crowdfunding-nyumon"},
    "フライヤー": {"tsutawaru-chirashi"},
    "育児": PARENTING,
    "町内会": NEIGHBOURS,
    "障碍": DISABILITY,
    "外国籍": FOREIGNERS,
    "廃棄物": WASTE,
    # several words
    "防災 地図": {"hazard-map", "bosai-machiaruki"},
    "子ども　居場所": {"chukosei-machikatsu", "kodomo-no-ibasho", "futoko-wo-shiru"},
    "団体 会計": BOOKS,
    "日本語 ボランティア": {"tabunka-koryu", "nihongo-volunteer"},
    "川の生きもの": {"kawa-no-ikimono"},
    "NPO 設立": {"dantai-no-tsukurikata", "npo-hojin-kiso", "kodomo-shokudo-hajimekata"},
    "やさしい日本語": PLAIN_JAPANESE | {"godo-hinanjo"},  # in what was found together
    "こども食堂 献立": {"kodomo-shokudo-hajimekata", "food-loss"},
    "スマホ 相談": {"smartphone-sodan"},
    # places
    "北原コミュニティセンター": KITAHARA,
    "水辺の学習館": {"kawa-no-ikimono", "oyako-denki-kosaku"},
    "しぜんかんさつセンター": {"zokibayashi-teire"},
    # people, partners, sections
    "高森": WOODS,
    "高森順子": WOODS,
    "ほしの": {"ehon-yomikikase"},
    "関根 勝": {"kawa-no-ikimono"},
    "社会福祉協議会": WELFARE_COUNCIL,
    "商工会": {"kigyo-to-dantai", "godo-mimamori"},
    "若林智子": set(),  # does not wish to be named
    "多様性推進課": {"yasashii-nihongo", "tabunka-koryu", "nihongo-volunteer"},
    # English
    "sign language": {"shuwa-nyumon"},
    "shelter": {"godo-hinanjo"},
    # not there
    "登山": set(),
    "囲碁": set(),
    "英会話": set(),
    "読書会": set(),  # only a draft
    "ヨガ": set(),
    "防災 手芸": set(),
}
