"""Block Kit as a picture: messages → one HTML page that looks about as Slack shows them.

Made from Slack's reference of its blocks (https://docs.slack.dev/reference/block-kit), for the docs' pictures and for
looking at what the bot tells.  A block of a sort that nothing here draws is an error: it would be missing unseen.
"""

from __future__ import annotations

import html
from collections.abc import Callable, Iterable, Sequence
from typing import Any

Element = dict[str, Any]
Draw = Callable[[Element], str]

THUMB = (
    '<svg viewBox="0 0 20 20" width="15" height="15" fill="none" stroke="currentColor" stroke-width="1.5">'
    '<path d="M6 9v8H3V9zm0 0 4-6c2 0 2 2 1 5h5c1 0 2 1 1.500 2.500l-1.500 5c0 1-1 1.500-2 1.500H6"/></svg>'
)
#: Signs that the machine which takes the pictures may have no font for.
SIGNS = {
    "✅": ("#2e7d32", "M5 10l4 4 7-8"),
    "❌": ("#c62828", "M6 6l8 8M14 6l-8 8"),
    "⚠️": ("#b26a00", "M10 4v8M10 14v2"),
}
STYLE = """
body { margin: 0; padding: 20px; font: 15px/1.47 "Noto Sans CJK JP", "Noto Sans JP", Lato, sans-serif; color: #1d1c1d;
       background: #fff }
.message { display: flex; gap: 10px; margin-bottom: 18px }
.face { flex: none; width: 36px; height: 36px; border-radius: 8px; background: #1f5fbf; color: #fff; text-align: center;
        line-height: 36px; font-weight: 700 }
.face.person { background: #6b8e5a }
.said { flex: 1; min-width: 0 }
.head b { margin-right: 6px }
.head .app { background: #e8e8e8; color: #616061; font-size: 10px; font-weight: 700; padding: 1px 3px;
             border-radius: 2px; margin-right: 6px; vertical-align: 1px }
.head .at { color: #616061; font-size: 12px }
.only { color: #616061; font-size: 12px; margin-bottom: 2px }
.block { margin: 4px 0 8px }
.rich p { margin: 0; white-space: pre-wrap; overflow-wrap: anywhere }
.rich ul, .rich ol { margin: 2px 0; padding-left: 26px }
.rich blockquote { margin: 2px 0; padding-left: 10px; border-left: 4px solid #ddd; white-space: pre-wrap }
.rich pre { margin: 4px 0; padding: 8px; border: 1px solid #ddd; border-radius: 4px; background: #f8f8f8;
            white-space: pre-wrap }
.rich code { color: #c01343; border: 1px solid #ddd; border-radius: 3px; padding: 1px 3px; background: #f8f8f8 }
.context { color: #616061; font-size: 13px; line-height: 1.4 }
a { color: #1264a3; text-decoration: none }
.user { color: #1264a3; background: #e8f5fa; border-radius: 3px; padding: 0 2px }
table { border-collapse: collapse; font-size: 14px }
td { border: 1px solid #ddd; padding: 5px 9px; vertical-align: top }
tr:first-child td { font-weight: 700; background: #f8f8f8 }
td.right { text-align: right }
.actions { display: flex; flex-wrap: wrap; gap: 8px }
button { font: 700 13px/1 inherit; font-family: inherit; color: #1d1c1d; background: #fff; border: 1px solid #bbb;
         border-radius: 8px; padding: 9px 12px; max-width: 560px; text-align: left }
button.primary { background: #007a5a; border-color: #007a5a; color: #fff }
button.danger { border-color: #e01e5a; color: #e01e5a }
.thumbs { display: flex; gap: 14px; color: #616061; font-size: 13px }
.thumb { display: inline-block; vertical-align: -3px }
.thumb.down { transform: scaleY(-1) }
hr { border: 0; border-top: 1px solid #ddd }
h3 { margin: 0; font-size: 18px }
"""


def page(messages: Iterable[str]) -> str:
    """A whole page with the messages of :func:`message`."""
    head = f'<!doctype html><html lang="ja"><meta charset="utf-8"><style>{STYLE}</style>'
    return f"{head}<body>{''.join(messages)}</body></html>"


def message(blocks: Sequence[Element], *, name: str = "補助金ナビ", person: bool = False, only: bool = False) -> str:
    """One message; ``person``: somebody wrote it; ``only``: it is shown to its reader alone."""
    app = "" if person else '<span class="app">アプリ</span>'
    face = f'<div class="face{" person" if person else ""}">{html.escape(name[:1])}</div>'
    alone = '<div class="only">あなただけに表示されています</div>' if only else ""
    head = f'<div class="head"><b>{html.escape(name)}</b>{app}<span class="at">10:24</span></div>'
    drawn = "".join(f'<div class="block">{block(one)}</div>' for one in blocks)
    return f'<div class="message">{face}<div class="said">{alone}{head}{drawn}</div></div>'


def said(text: str, name: str = "佐藤") -> str:
    """A message that a person wrote."""
    words = {"type": "rich_text_section", "elements": [{"type": "text", "text": text}]}
    return message([{"type": "rich_text", "elements": [words]}], name=name, person=True)


def block(one: Element) -> str:
    """One block as HTML.  KeyError for a sort that is not drawn."""
    return _BLOCKS[one["type"]](one)


def _rich(one: Element) -> str:
    return f'<div class="rich">{"".join(_RICH[part["type"]](part) for part in one["elements"])}</div>'


def _inline(parts: Iterable[Element]) -> str:
    return "".join(_PARTS[part["type"]](part) for part in parts)


def _list(part: Element) -> str:
    tag = "ol" if part.get("style") == "ordered" else "ul"
    start = f' start="{part["offset"] + 1}"' if tag == "ol" and part.get("offset") else ""
    margin = f' style="margin-left: {28 * part.get("indent", 0)}px"'
    items = "".join(f"<li>{_inline(item['elements'])}</li>" for item in part["elements"])
    return f"<{tag}{start}{margin}>{items}</{tag}>"


def _words(part: Element) -> str:
    words = html.escape(part["text"])
    for sign, (colour, path) in SIGNS.items():
        drawn = f'<svg viewBox="0 0 20 20" width="15" height="15" style="vertical-align: -2px; background: {colour}">'
        drawn += f'<path d="{path}" fill="none" stroke="#fff" stroke-width="2.500"/></svg>'
        words = words.replace(sign, drawn)
    for style, tag in (("bold", "b"), ("italic", "i"), ("strike", "s"), ("code", "code")):
        if part.get("style", {}).get(style):
            words = f"<{tag}>{words}</{tag}>"
    return words


def _link(part: Element) -> str:
    address = html.escape(part["url"])
    return f'<a href="{address}">{html.escape(part.get("text") or part["url"])}</a>'


def _table(one: Element) -> str:
    columns = one.get("column_settings") or []

    def cell(at: int, content: Element) -> str:
        setting = columns[at] if at < len(columns) and columns[at] else {}
        right = ' class="right"' if setting.get("align") == "right" else ""
        return (
            f"<td{right}>{_rich(content) if content['type'] == 'rich_text' else html.escape(str(content['text']))}</td>"
        )

    rows = "".join(f"<tr>{''.join(cell(at, one) for at, one in enumerate(row))}</tr>" for row in one["rows"])
    return f"<table>{rows}</table>"


def _button(part: Element) -> str:
    return f'<button class="{part.get("style", "")}">{html.escape(part["text"]["text"])}</button>'


def _actions(one: Element) -> str:
    return f'<div class="actions">{"".join(_button(part) for part in one["elements"])}</div>'


def _thumbs(one: Element) -> str:
    shown = []
    for part in one["elements"]:
        for name, sort in (("positive_button", "up"), ("negative_button", "down")):
            shown.append(f'<span><i class="thumb {sort}">{THUMB}</i> {html.escape(part[name]["text"]["text"])}</span>')
    return f'<div class="thumbs">{"".join(shown)}</div>'


def _text(one: Element) -> str:
    """A text object: mrkdwn as it stands but for its escapes, so that a mark that is none shows."""
    return one["text"] if one["type"] == "mrkdwn" else html.escape(one["text"])


def _context(one: Element) -> str:
    return f'<div class="context">{" ".join(_text(part) for part in one["elements"])}</div>'


_BLOCKS: dict[str, Draw] = {
    "rich_text": _rich,
    "table": _table,
    "actions": _actions,
    "context_actions": _thumbs,
    "context": _context,
    "divider": lambda _: "<hr>",
    "header": lambda one: f"<h3>{_text(one['text'])}</h3>",
    "section": lambda one: f'<div class="rich"><p>{_text(one["text"])}</p></div>',
}
_RICH: dict[str, Draw] = {
    "rich_text_section": lambda part: f"<p>{_inline(part['elements'])}</p>",
    "rich_text_quote": lambda part: f"<blockquote>{_inline(part['elements'])}</blockquote>",
    "rich_text_preformatted": lambda part: f"<pre>{_inline(part['elements'])}</pre>",
    "rich_text_list": _list,
}
_PARTS: dict[str, Draw] = {
    "text": _words,
    "link": _link,
    "user": lambda part: f'<span class="user">@{html.escape(part["user_id"])}</span>',
    "emoji": lambda part: chr(int(part["unicode"].split("-")[0], 16)) if "unicode" in part else f":{part['name']}:",
}
