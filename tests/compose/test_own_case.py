"""The asker's own case chooses the figure: what is denied, who one is, by how much, which fund of one name."""

import shutil
from pathlib import Path

import pytest

from assistant.chain import Assistant
from assistant.ingest import build

SAMPLES = Path("tests/samples")
FEW = ("schemes", "grants", "handbook", "recruitment", "fundguide", "terms")


@pytest.fixture(scope="module")
def samples(tmp_path_factory):
    folder = tmp_path_factory.mktemp("samples")
    for path in SAMPLES.iterdir():
        if path.stem in FEW:
            shutil.copy(path, folder)
    build(folder, folder / "index", fit=False)
    opened = Assistant.open(folder / "index")
    yield opened
    opened.index.close()


@pytest.mark.parametrize(
    ("question", "told", "untold"),
    [
        ("しらうめ県のリスキリング・チャレンジ助成金、賃上げはできません。率は?", "３分の２", "４分の３"),
        ("しらうめ県のリスキリング・チャレンジ助成金、賃上げをするなら何割?", "４分の３", "３分の２"),
        ("しののめ中小企業成長投資補助金の一般枠、小規模じゃない会社の補助率は?", "1/2", "2/3"),
        ("しののめ中小企業成長投資補助金のグループ枠の上限は?", "600万円", "100万円"),
        ("桐ヶ浜市の創業スタート補助金、ずっと地元の人なら上限は?", "50万円", "80万円"),
        ("白嶺県の創業支援資金、37歳の女です。利率は何%?", "1.10％", "1.30％"),
        ("白嶺県の経営安定資金の保証料率、4号認定のない場合は?", "0.70％", "0.50％"),
        ("白嶺県の経営安定資金の災害枠の利率は?", "1.00％", "1.60％"),
        ("美鶴県の創業チャレンジ資金、50歳の男性だと利率は?", "1.30％", "0.2％"),
        ("潮路県の創業支援資金、商工会で認定特定創業支援を受けたら利率はどれだけ安くなる?", "0.20%", "1.40%"),
        ("美鶴県の小口資金、社長の保証をつけないと料率はどれだけ高くなる?", "0.45％", "2.20％"),
        ("桐ヶ浜市の工場立地奨励金、三年目は固定資産税の何%?", "50％", "100％"),
        ("桐ヶ浜の設備投資の補助、先端設備の認定をもらってないと何%?", "10％", "15％"),
        ("桐ヶ浜の展示会、国内と海外それぞれ上限と回数を", "国内の展示会が2回", "100万円"),
        ("美鶴県の一般振興資金、設備と運転を一緒に借りると上限は?", "6,000万円", "11,000万円"),
        ("美鶴県の融資で経営者保証をつけないと保証料はどれだけ上がる?", "0.45％の上乗せ", "記載がありません"),
        ("桐ヶ浜市の人材確保住宅手当補助金の電話番号は?", "0738-00-1140", "0738-00-1121"),
        ("しらうめ県のスマートものづくり導入補助金の締切は何時?", "１７時必着", "８月"),
    ],
)
def test_the_case_of_the_asker_chooses_the_figure(samples, question, told, untold):
    answer = samples.ask(question)
    assert answer.status == "answered"
    assert told in answer.text
    assert untold not in answer.text
