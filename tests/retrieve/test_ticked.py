"""Sets told by the ticks in a column: as many as the table's last row counts, or none at all."""

import pytest

from retrieve.test_filtered import read

COLUMNS = [
    ("鹿児島の一覧で専門家派遣に○が付いた事業はどれとどれ?", 4, "診断助言事業（専門家派遣事業）"),
    ("鹿児島の一覧で「融資」の欄に丸があるのはどの事業?", 1, "県中小企業融資制度運営事業"),
    ("鹿児島の一覧表でセミナーに○のついた事業名をください", 6, "高度デジタル外国人材獲得モデル事業"),
    ("鹿児島で直接利用に○がない事業は?", 1, "商店街活性化デジタル活用支援事業"),
    ("鹿児島の一覧で補助等とセミナーの両方に○がついている事業は?", 2, "高度デジタル外国人材獲得モデル事業"),
    ("鹿児島の一覧で補助等に○がなく相談に○がある事業は?", 1, "デジタル戦略推進事業（DX推進アドバイザー相談事業）"),
    ("鹿児島のDXの施策で、専門家を派遣してもらえるのはどれですか", 4, "診断助言事業（専門家派遣事業）"),
]


@pytest.mark.parametrize(("question", "number", "one"), COLUMNS)
def test_a_column_tells_the_programs_it_ticks(assistant, question, number, one):
    scope = read(assistant, question)
    assert scope is not None
    assert len(scope.programs) == number
    assert one in [program.program for program in scope.programs]


def test_ticks_that_do_not_come_to_the_printed_count_tell_nothing(assistant):
    scope = read(assistant, "鹿児島の一覧で、その他に丸が付いているのはどの事業?")
    assert scope is not None
    assert (scope.unmet, scope.programs) == (True, ())
