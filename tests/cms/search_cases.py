"""Short texts of a city's courses, and what residents would expect a search to find.

`TEXTS` are key → (title, introduction). `QUERIES` are what is typed → keys. Who
expects is a person, not the search: `UNMET` is what it does not find.
"""

TEXTS = {
    "bosai": ("地域防災講座の案内", "地震と水害に備え、避難所の運営を学びます。"),
    "bosai-kids": ("こどもぼうさい探検隊", "まちを歩いて、あぶない場所をさがします。"),
    "hinan": ("ひなん所の運営を体験しよう", "段ボールベッドを組み立てます。"),
    "kosodate": (
        "子育てひろばの仲間づくり",
        "はじめての子そだてを支える人になりませんか。",
    ),
    "ikuji": ("パパの育児入門", "おむつ替えと沐浴を練習します。"),
    "kodomo-shokudo": (
        "子ども食堂のはじめ方",
        "食材の寄付と衛生管理。お申し込みください。",
    ),
    "kaigo": ("介護予防体操", "いすに座ってできる運動です。"),
    "ninchisho": ("認知症サポーター養成講座", "声かけの方法を学びます。"),
    "mimamori": ("高齢者の見守り活動", "一人暮らしのお宅を訪ねる心がまえ。"),
    "sumaho": ("スマートフォンはじめて教室", "電話のかけ方と地図の見かた。"),
    "sumaho-senior": ("シニアのためのスマホ相談会", "困りごとを持ってお越しください。"),
    "excel": ("Ｅｘｃｅｌで会計", "団体のお金を表計算で管理します。"),
    "pc": ("ＰＣ操作の基本", "文字入力とファイルの整理。"),
    "server": ("サーバのしくみ", "インターネットの裏側をのぞきます。"),
    "sns": ("SNSで活動を広める", "写真と短い文で伝えるこつ。"),
    "chirashi": ("伝わるチラシの作り方", "配色と文字組みを見直します。"),
    "koho": ("取材と広報紙の書き方", "読まれる見出しを考えます。"),
    "facilitation": ("話し合いの進め方", "意見を引きだすファシリテーション。"),
    "uchiawase": ("打合せを短くする技術", "議題と時間の決めかた。"),
    "npo": ("ＮＰＯ法人の設立", "定款と登記の手順。"),
    "josei": ("助成金の申請書を書く", "企画と予算をまとめます。申込みは電話で。"),
    "kaikei": ("市民活動団体の会計入門", "帳簿のつけ方。受付は先着順です。"),
    "machi": ("街づくりワークショップ", "公園のこれからを話しあいます。"),
    "machi-ayumi": ("みどり野のまち歩き", "古い橋と用水をたずねます。"),
    "akiya": ("空家を地域の居場所に", "改修と資金の事例紹介。"),
    "cafe": ("コミュニティ・カフェをひらく", "場所さがしから開店まで。"),
    "gomi": ("ごみの減量と分別", "生ごみからたい肥を作ります。"),
    "kankyo": ("川の環境を調べる", "水質検査と生き物の観察。"),
    "kikou": ("気候変動を自分ごとに", "くらしの中の二酸化炭素を数えます。"),
    "gaikokujin": ("やさしい日本語で話そう", "外国人住民との交流。Hello, Português!"),
    "shuwa": ("手話入門", "あいさつと自己紹介。障がいのある方も歓迎します。"),
    "toshokan": ("図書館ボランティア養成", "本の修理と読み聞かせ。"),
    "violin": ("ヴァイオリンを弾いてみよう", "楽器は貸し出します。"),
    "hikkoshi": ("引越しと地域デビュー", "自治会に入るとき。"),
    "volunteers": ("Volunteer Guide Training", "Walk with visitors around the city."),
    "zaitaku": ("在宅ワークと働き方", "家で仕事をする人の集まり。"),
}

QUERIES = {
    # inside a run of kanji, two characters
    "防災": {"bosai", "bosai-kids"},
    "講座": {"bosai", "ninchisho"},
    "地域": {"bosai", "akiya", "hikkoshi"},
    "運営": {"bosai", "hinan"},
    "会計": {"excel", "kaikei"},
    "環境": {"kankyo"},
    "市民活動": {"kaikei"},
    "図書館": {"toshokan"},
    "認知症": {"ninchisho"},
    "気候変動": {"kikou"},
    # one character
    "川": {"kankyo"},
    "橋": {"machi-ayumi"},
    # readings, and kana for kanji
    "ぼうさい": {"bosai", "bosai-kids"},
    "ボウサイ": {"bosai", "bosai-kids"},
    "ﾎﾞｳｻｲ": {"bosai", "bosai-kids"},
    "ひなん": {"bosai", "hinan"},
    "避難所": {"bosai", "hinan"},
    "かいご": {"kaigo"},
    "にんちしょう": {"ninchisho"},
    "こうほう": {"koho"},
    "しゅわ": {"shuwa"},
    "まち": {"bosai-kids", "machi", "machi-ayumi"},
    "ちいき": {"bosai", "akiya", "hikkoshi"},
    # okurigana and other spellings
    "申込": {"kodomo-shokudo", "josei"},
    "申し込み": {"kodomo-shokudo", "josei"},
    "申込み": {"kodomo-shokudo", "josei"},
    "受け付け": {"kaikei"},
    "打ち合わせ": {"uchiawase"},
    "話合い": {"facilitation", "machi"},
    "引っ越し": {"hikkoshi"},
    "空き家": {"akiya"},
    "まちづくり": {"machi"},
    "町づくり": {"machi"},
    "子ども": {"bosai-kids", "kodomo-shokudo"},
    "こども": {"bosai-kids", "kodomo-shokudo"},
    "子供": {"bosai-kids", "kodomo-shokudo"},
    "書き方": {"koho", "josei"},
    "学ぶ": {"bosai", "ninchisho"},
    # other words for the same
    "子育て": {"kosodate", "ikuji"},
    "子そだて": {"kosodate"},
    "スマホ": {"sumaho", "sumaho-senior"},
    "スマートフォン": {"sumaho", "sumaho-senior"},
    "高齢者": {"mimamori", "sumaho-senior"},
    "パソコン": {"pc"},
    "エクセル": {"excel"},
    "障害": {"shuwa"},
    "町内会": {"hikkoshi"},
    "補助金": {"josei"},
    # katakana, long vowels, middle dots, dashes
    "サーバー": {"server"},
    "サーバ": {"server"},
    "コミュニティカフェ": {"cafe"},
    "コミュニティ・カフェ": {"cafe"},
    "バイオリン": {"violin"},
    "ボランティア": {"toshokan", "volunteers"},
    "ゴミ": {"gomi"},
    "ワ－クショップ": {"machi"},
    # letters
    "excel": {"excel"},
    "ＥＸＣＥＬ": {"excel"},
    "NPO": {"npo"},
    "ｓｎｓ": {"sns"},
    "volunteer": {"volunteers"},
    "portugues": {"gaikokujin"},
    # several words: all of them
    "地域 防災": {"bosai"},
    "市民　会計": {"kaikei"},
    "子ども 防災": {"bosai-kids"},
    "NPO 設立": {"npo"},
    "防災 ヴァイオリン": set(),
    "避難所運営": {"bosai", "hinan"},
    "会計の入門": {"kaikei"},
    # marks that mean nothing here
    '"防災"': {"bosai", "bosai-kids"},
    "防災*": {"bosai", "bosai-kids"},
    "（介護）": {"kaigo"},
    "-手話": {"shuwa"},
    # not there
    "登山": set(),
    "量子力学": set(),
}

UNMET = {
    "まち": {"machi"},  # 街づくり is one word, and two kana are not looked for inside
    "書き方": {"josei"},  # 書く, but 方 is not said
    "ボランティア": {"volunteers"},
}
