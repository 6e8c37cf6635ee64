"""What Slack refuses, as docs.slack.dev/reference/block-kit has it: an independent reading of the limits."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from slack_sdk.models.blocks import Block as SlackBlock

from api.slack.blocks import Message

RICH_PARTS = {"rich_text_section", "rich_text_list", "rich_text_quote", "rich_text_preformatted"}
RICH_FIELDS = {
    "text": {"type", "text", "style"},
    "link": {"type", "url", "text", "style"},
    "user": {"type", "user_id", "style"},
}
SEEN_REFUSED = 13_000  # characters of all blocks as JSON


def faults(message: Message) -> list[str]:
    """Why Slack would refuse a message; empty when it would not."""
    return list(_faults(message))


def _faults(message: Message) -> Iterator[str]:
    blocks = list(message.blocks)
    if not 0 < len(message.text) <= 4_000:
        yield f"text: {len(message.text)} characters"
    if not 0 < len(blocks) <= 50:
        yield f"{len(blocks)} blocks"
    size = len(json.dumps(blocks, ensure_ascii=False))
    if size > SEEN_REFUSED:
        yield f"blocks: {size} characters"
    if sum(block["type"] == "table" for block in blocks) > 1:
        yield "several tables"
    for text in strings([message.text, blocks]):
        if any(0xD800 <= ord(one) <= 0xDFFF for one in text):
            yield "half a character"
    ids = [one["action_id"] for one in objects(blocks) if "action_id" in one]
    named = [block["block_id"] for block in blocks if "block_id" in block]
    for one in (ids, named):
        if len(set(one)) != len(one) or any(not 0 < len(name) <= 255 for name in one):
            yield f"ids: {one}"
    for block in blocks:
        yield from _of_block(block)
        SlackBlock.parse(block).validate_json()  # raises what slack_sdk itself finds
    for one in objects(blocks):
        yield from _of_object(one)


def _of_block(block: dict[str, Any]) -> Iterator[str]:
    kind = block["type"]
    if kind == "rich_text":
        yield from _rich(block)
    elif kind == "table":
        yield from _table(block)
    elif kind == "actions":
        if not 0 < len(block["elements"]) <= 25:
            yield "actions"
    elif kind == "context_actions":
        if not 0 < len(block["elements"]) <= 5:
            yield "context_actions"
    elif kind == "context":
        if not 0 < len(block["elements"]) <= 10:
            yield "context"
    elif kind == "section":
        if not 0 < len(block["text"]["text"]) <= 3_000:
            yield "section"
    elif kind == "header":
        if not 0 < len(block["text"]["text"]) <= 150:
            yield "header"
    elif kind != "divider":
        yield f"no block of ours: {kind}"


def _rich(block: dict[str, Any]) -> Iterator[str]:
    if not block["elements"]:
        yield "an empty rich_text"
    for part in block["elements"]:
        if part["type"] not in RICH_PARTS or not part["elements"]:
            yield f"rich_text: {part['type']}"
        if part["type"] == "rich_text_list":
            if part["style"] not in ("bullet", "ordered"):
                yield "list style"
            yield from _rich({"elements": part["elements"]})
            continue
        for element in part["elements"]:
            if not element.keys() <= RICH_FIELDS.get(element["type"], set()):
                yield f"element: {element}"
            if element["type"] == "text" and not element["text"]:
                yield "an empty text"


def _table(block: dict[str, Any]) -> Iterator[str]:
    rows = block["rows"]
    if not 0 < len(rows) <= 100:
        yield f"{len(rows)} rows"
    if {len(row) for row in rows} != {len(rows[0])} or not 0 < len(rows[0]) <= 20:
        yield "columns"
    if len(block.get("column_settings", [])) > 20:
        yield "column_settings"
    letters = 0
    for row in rows:
        for cell in row:
            words = visible(cell)
            letters += len(words)
            if cell["type"] == "rich_text":
                yield from _rich(cell)
            elif cell["type"] != "raw_text" or not words:
                yield f"cell: {cell}"
    if letters > 10_000:
        yield f"a table of {letters} characters"


def _of_object(one: dict[str, Any]) -> Iterator[str]:
    kind = one.get("type")
    if kind == "button":
        yield from _long(one["text"]["text"], 75, "button text")
        yield from _long(one["value"], 2_000, "button value")
        if len(one.get("url", "")) > 3_000:
            yield "button url"
    if kind == "link":
        yield from _long(one["url"], 3_000, "link")
        yield from _long(one["text"], 3_000, "link text")
    if kind == "feedback_buttons":
        for button in (one["positive_button"], one["negative_button"]):
            yield from _long(button["text"]["text"], 75, "feedback text")
            yield from _long(button["value"], 2_000, "feedback value")
            yield from _long(button["accessibility_label"], 75, "feedback label")
    if kind == "plain_text" and one.get("emoji") is not False:
        yield "emoji"
    if "deny" in one:
        for name, most in (("title", 100), ("text", 300), ("confirm", 30), ("deny", 30)):
            yield from _long(one[name]["text"], most, f"confirm {name}")


def _long(text: str, most: int, name: str) -> Iterator[str]:
    if not 0 < len(text) <= most:
        yield f"{name}: {len(text)} characters"


def objects(value: Any) -> Iterator[dict[str, Any]]:
    """Every object within a payload."""
    if isinstance(value, dict):
        yield value
        for one in value.values():
            yield from objects(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from objects(one)


def strings(value: Any) -> Iterator[str]:
    """Every string within a payload."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from strings(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from strings(one)


def visible(block: dict[str, Any]) -> str:
    """The words of an element, a cell or a block that show as text, in their order."""
    if "text" in block and isinstance(block["text"], str):
        return str(block["text"])
    return "".join(visible(one) for one in block.get("elements", []))
