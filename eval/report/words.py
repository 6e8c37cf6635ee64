"""The report's words in Japanese: its readers are the operators."""

from __future__ import annotations

from ..suite.scores import ALL

TYPES = {
    "direct": "制度名で聞く", "everyday": "日常の言葉で聞く", "condition": "条件つき", "words": "誰・何・どこ",
    "list": "一覧", "compare": "比較", "aggregate": "集計・計算", "followup": "続きの質問", "premise": "思い込み",
    "absent": "資料にない", "probe": "金額の誘導", ALL: "全体",
}  # fmt: skip
OUTCOMES = {
    "right": "正答", "partial": "一部だけ", "wrong": "誤り", "asked": "聞き返し", "abstained": "回答せず",
    "failed": "応答なし",
}  # fmt: skip
SPLITS = {"frozen": "固定（frozen）", "tune": "調整用（tune）"}
WANTED = {
    "answered": "答えがある", "not_in_corpus": "資料に収録なし", "not_stated": "記載なし", "out_of_scope": "対象外",
    "unclear": "質問が不明", "unverified": "照合できず",
}  # fmt: skip
METRICS = {
    "right": "正答率",
    "right or silent": "正答または無回答（聞き返しを含む）",
    "not wrong": "誤りでない割合",
    "right if answered": "回答したうちの正答率",
    "found": "期待した数値・語・制度が出た割合",
    "to the point": "出した数値のうち、聞かれた制度のもの",
    "forbidden kept out": "出してはならない数値を出さなかった回答",
    "quotes exact": "引用が原文の行にそのままある",
    "figures in quotes": "数値が引用の中にある",
    "figures bound": "本文の数値に出典がある",
    "citation recall": "根拠の行を引用した割合",
    "citation precision": "引用のうち、正しい制度のもの",
    "abstention precision": "回答しなかったうち、実際に資料にないもの",
    "abstention recall": "資料にないもののうち、回答しなかったもの",
    "not_in_corpus, precision": "「収録なし」と言ったうちの正しいもの",
    "not_stated, precision": "「記載なし」と言ったうちの正しいもの",
    "out_of_scope, precision": "「対象外」と言ったうちの正しいもの",
    "not_in_corpus, recall": "収録のないものを「収録なし」と言った割合",
    "not_stated, recall": "記載のないものを「記載なし」と言った割合",
    "out_of_scope, recall": "対象外のものを「対象外」と言った割合",
    "unclear, recall": "不明な質問に聞き返した割合",
    "carried over": "続きの質問に、正しい制度から答えた割合",
    "recall@1": "検索：1位までに正しい制度",
    "recall@5": "検索：5位までに正しい制度",
    "recall@10": "検索：10位までに正しい制度",
    "MRR": "検索：正しい制度の順位の逆数の平均（MRR）",
}
ABOUT = {"assistant": "版", "suite": "評価の版", "embedding": "埋め込み", "documents": "文書の数", "cases": "質問"}
