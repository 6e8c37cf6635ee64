"""Short messages: what is being done, what went wrong, how to ask."""

from __future__ import annotations

from collections.abc import Sequence

from .escaping import one_line, shortened
from .message import COMMAND, Message
from .packing import Item, Line, packed
from .rich import Element, user, words

_LONGEST = 1_000

#: What may be asked, suggested where a conversation begins: title, message.
PROMPTS = (
    ("制度を探す", "設備投資に使える補助金を教えてください"),
    ("補助率を調べる", "補助率が2/3の事業を一覧にしてください"),
    ("予算を比べる", "離職者の再就職訓練の予算を、青森県と群馬県で比べてください"),
    ("金額を確かめる", "事業承継・世代交代集中支援事業の要求額は50億円で合っていますか"),
)


def waiting() -> Message:
    """The answer is being looked for."""
    return _note("資料を調べています…")


def failed(message: str) -> Message:
    """There is no answer; ``message`` says what to do, in Japanese."""
    told = shortened(one_line(message), _LONGEST)
    return _note(f"⚠️ {told or 'お答えできませんでした。しばらくしてから、もう一度お試しください。'}")


def handed_over() -> Message:
    """People have been told."""
    return _note("相談担当のチャンネルに、このスレッドのやり取りを伝えました。担当からの連絡をお待ちください。")


def shared(by: str = "") -> Message:
    """An answer is in the channel: told to whoever shared it, or, with the id ``by``, to the channel."""
    if not by:
        return _note("チャンネルに共有しました。")
    return _of([*user(by), *words(" さんが回答を共有しました。")])


def rated() -> Message:
    """A rating has been kept."""
    return _note("評価を受け取りました。ありがとうございます。")


def too_long() -> Message:
    """The question has more characters than one may have."""
    return _note("質問が長すぎます。2,000文字以内に縮めるか、分けて送ってください。")


def usage() -> Message:
    """How to ask, where nothing was asked."""
    lines = (
        "チャンネルでは、メンションに続けて質問を書いてください。スレッドで続けて質問できます。",
        "ダイレクトメッセージでは、そのまま質問を書いてください。",
        f"{COMMAND} に続けて質問を書くと、自分だけに回答が表示されます。",
        "文章の金額を確かめるには、メッセージの「その他」メニューから「金額を確認」を選んでください。",
    )
    example = f"例: {COMMAND} {PROMPTS[0][1]}"
    lead = Line(words("補助金や融資などの支援制度について、収録した資料からお答えします。"), opens=True)
    items = [Item(words(line), opens=at == 0) for at, line in enumerate(lines)]
    return packed([lead, *items, Line(words(example), opens=True)])[0]


def _note(text: str) -> Message:
    return _of(words(text))


def _of(elements: Sequence[Element]) -> Message:
    return packed([Line(elements, opens=True)])[0]
