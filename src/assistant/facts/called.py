"""Whom a telephone number rings: the office named before it, behind the number of the office before."""

from __future__ import annotations

import re

_NUMBER = re.compile(r"0[0-9０-９]{1,4}[\s　]?[-－‐–(（][0-9０-９]{1,4}[-－‐–)）][0-9０-９]{3,4}")
_FAX = re.compile(r"(?:FAX|ＦＡＸ|Fax|ファ[クッ][シスクミリ]*)[\s　：:]*$")
_TELEPHONE = re.compile(r"[（(]?\s*(☎|TEL|ＴＥＬ|電話番号|電話|℡|Tel|tel)?\s*[：:]?\s*$")
_LABEL = re.compile(
    r"(?:^|[\s　。）)】【■●◆・])"
    r"(?:お?問い?合わ?せ先?|お?申し?込み?先|連絡先|照会先|担当課?|相談窓口|窓口|事務局)"
    r"(?:[：:】][\s　]*|[\s　]+)(?=[^\s　])"
)


def office_called(before: str, above: str) -> str | None:
    """The office that the last line of ``before`` names for the number behind it, else the one ``above``."""
    line = before.rpartition("\n")[2]
    if _FAX.search(line):  # the number before it is of the same office
        return _bare(line) or above or None
    names = (_bare(piece) for piece in reversed(_NUMBER.split(line)))
    return next((name for name in names if name), above or None)


def _bare(text: str) -> str:
    name = _TELEPHONE.sub("", text.replace("**", ""))
    name = _LABEL.split(name)[-1]  # 「出展日の30日前まで　問い合わせ先　工業振興課」
    name = re.sub(r"^[\s　\-・]*([^\s：:]{2,8}[：:])?|[\s　（(]+$", "", name)
    return re.sub(r"^[\s　、，,／/;；)）]+", "", name)
