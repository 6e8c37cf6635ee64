"""Pages of programs that a list elsewhere in the document names, and of the peers of other pages."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.layout import layout
from assistant.programs import split
from assistant.records import Document

CONTENTS = """補助金のしおり
制度名\t補助率\t上限額
１\t空き蔵の改修補助金\t1/2\t30万円
２\t見本市への出展補助金\t1/2\t20万円
３\t灯りと防犯の補助金\t2/3\t150万円
"""
GUIDE = (
    CONTENTS
    + """
１　拡充 空き蔵の改修補助金　１２億３，０００万円（Ｒ７：１１億円）

対象者\t蔵を借りて店を開く方
上限額\t30万円（町並み地区は 45万円）

２　見本市への
　　出展補助金

対象者\t市内の会社
補助率\t1/2以内

３　灯りと防犯の補助金

区　分\t補助率\t上限額
街灯の交換\t2/3\t150万円
受付期間\t随時

参考　よくあるお尋ね

申請は1回に限ります。
"""
)
REQUEST = """概算要求の概要
　　　　　　　　　　　　　　　　　　　　　（単位：百万円）
事　項　　　　　　　　　　　　８年度要求額　（７年度当初予算額）

Ⅰ　食と農
　１　地場食材への切替え対策　　　　　　　3,850　　（2,420）
　２　食品工場の省人化推進事業　　　　　　2,100　　（1,765）

Ⅱ　輸出
　３　輸出産地の育成事業　　　　　　　　　6,215　　（5,080）

１　地場食材への切替え対策
【令和８年度予算概算要求額　3,850（2,420）百万円】

＜政策目標＞
　切り替えた会社の割合　60％
　機械の導入　補助率 1/2以内

２　食品工場の省人化推進事業
【令和８年度予算概算要求額　2,100（1,765）百万円】

＜政策目標＞
　生産性を３割向上

３　輸出産地の育成事業
【令和８年度予算概算要求額　6,215（5,080）百万円】

　１．産地づくり　　3,900（3,060）百万円
"""
SITE = """# 補助金一覧

## 創業

### 新しい店の補助金

**補助率**：1/2
**上限額**：50万円

### 承継の補助金

**補助率**：1/2
**上限額**：60万円

### 学び直しの補助金

**補助率**：3/4
**上限額**：10万円

## 商業

### 元気な商店街の補助金

| 事業 | 補助率 | 上限額 |
|---|---|---|
| 催し | 1/2 | 100万円 |
| 防犯カメラ | 9/10 | 25万円 |

## よくあるお尋ね

市税の滞納がある方は対象になりません。
"""


COUNTED = """助成金のあらまし

Ⅰ 雇い入れる場合の助成金

１ 若者定着の助成金
　卒業した方を雇い入れた場合に助成します。
２ 高年齢者受入の助成金
　６５歳以上の方を雇い入れた場合に助成します。

Ⅱ 職場を整える場合の助成金

３ 設備改善の助成金
　機器を導入した事業主に助成します。（１／２）
"""


def pages_of(text):
    document = Document("d", "題", "県", "県", "令和8年度", "当初予算", "0" * 64, tuple(text.split("\n")))
    parts = split(layout(document)).parts
    return [(part.name, part.line_start, part.line_end) for part in parts if part.form in ("page", "entry")]


@pytest.mark.parametrize(
    ("text", "pages"),
    [
        (GUIDE, [("空き蔵の改修補助金", 7, 10), ("見本市への出展補助金", 12, 16), ("灯りと防犯の補助金", 18, 22)]),
        (
            REQUEST,
            [("地場食材への切替え対策", 12, 18), ("食品工場の省人化推進事業", 19, 22), ("輸出産地の育成事業", 25, 28)],
        ),
        (
            SITE,
            [
                ("新しい店の補助金", 5, 8),
                ("承継の補助金", 10, 13),
                ("学び直しの補助金", 15, 18),
                ("元気な商店街の補助金", 22, 27),
            ],
        ),
        (COUNTED, [("若者定着の助成金", 5, 6), ("高年齢者受入の助成金", 7, 8), ("設備改善の助成金", 12, 13)]),
        (CONTENTS, []),
    ],
    ids=["guide", "request", "website", "counted", "list alone"],
)
def test_a_listed_program_has_the_page_under_its_heading(text, pages):
    assert pages_of(text) == pages


@given(st.lists(st.sampled_from(GUIDE.split("\n") + REQUEST.split("\n") + SITE.split("\n")), max_size=40))
def test_any_order_of_lines_gives_pages_that_do_not_overlap(lines):
    pages = sorted(pages_of("\n".join(lines)), key=lambda page: page[1])
    assert all(start <= end <= len(lines) for _, start, end in pages)
    assert all(before[2] < after[1] for before, after in pairwise(pages))
