"""What is asked in words beside a kind's name, and figures that no kind is known of."""

import pytest

from assistant.compose.alone import asks_of_one, asks_words_alone, lists_inside
from assistant.compose.sought import sought
from assistant.compose.words import without_name
from assistant.records import Query
from assistant.tokens import fold


@pytest.mark.parametrize(
    ("question", "alone"),
    [
        ("予算が減ったそうですが、何の祭りが取りやめになりましたか", True),
        ("「その他」財源2千万ってのは一体何の金を入れてるんだい", True),
        ("どの団体に補助しているの？予算額も教えて", False),
        ("補助率は？誰が使えますか", False),
        ("何割まで誰に出ますか", False),
        ("予算額はいくら", False),
    ],
)
def test_a_kind_named_beside_words_is_not_asked_for(question, alone):
    assert asks_words_alone(Query(question, "figure")) is alone


@pytest.mark.parametrize(
    ("question", "inside"),
    [
        ("重点課題、三つとも挙げてもらえますか", True),
        ("主な相談分野を全部教えて", True),
        ("海外展開を助ける事業を全部挙げて", False),
        ("山形県の融資制度の一覧", False),
    ],
)
def test_what_is_listed_may_stand_inside_a_program(question, inside):
    assert lists_inside(question) is inside
    assert asks_of_one(question) is inside


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("制度融資の相談先、協同組合だとどの団体になりますか。鹿児島県です", ["鹿児島県中小企業団体中央会"]),
        ("「地域PF」って誰が集まって作っているものですか", ["商工会・商工会議所や金融機関"]),
        (
            "海外のバイヤーの欲しいものを集めて日本の会社を紹介する国の仕組みの名前は?",
            ["海外ニーズ発掘型マッチング事業"],
        ),
        ("デジタルツール活用促進事業はShopeeに出す場合も対象ですか", ["以外のECモールが対象"]),
    ],
)
def test_the_piece_that_answers_is_told(assistant, question, said):
    text = fold(assistant.ask(question).text)
    assert [piece for piece in said if fold(piece) not in text] == []


@pytest.mark.parametrize(
    ("question", "program", "found"),
    [
        ("診断助言事業、1企業に何回派遣してくれますか", "診断助言事業（専門家派遣事業）", ["8回"]),
        ("中小企業連携組織対策推進事業は何人の漁師が使いましたか", "中小企業連携組織対策推進事業", []),
    ],
)
def test_a_figure_of_no_kind_is_found_by_the_words_beside_it(assistant, question, program, found):
    held = next(one for one in assistant.index.programs.values() if one.program == program)
    facts = sought(without_name(question, held), held, [], assistant.index, loose=False)
    assert [fact.text for fact in facts] == found
