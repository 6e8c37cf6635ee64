"""The limits of Block Kit that Slack refuses a message for, as far as they can be told simply."""

from __future__ import annotations

from typing import Any

TYPES = frozenset(
    [
        "actions",
        "alert",
        "card",
        "carousel",
        "context",
        "context_actions",
        "data_table",
        "data_visualization",
        "divider",
        "file",
        "header",
        "image",
        "input",
        "markdown",
        "plan",
        "rich_text",
        "section",
        "table",
        "task_card",
        "video",
    ]
)
#: The longest text of a field of a block's own, in characters.
TEXTS = {"header": 150, "section": 3000, "markdown": 12_000}
MOST = {"actions": ("elements", 25), "context": ("elements", 10), "context_actions": ("elements", 5)}
#: Of a button and its like.
VALUES = {"action_id": 255, "value": 2000, "url": 3000, "block_id": 255}


def faults(blocks: Any, most: int = 50) -> list[str]:
    """What is wrong with the blocks of a message, in Slack's manner; none: nothing."""
    if not isinstance(blocks, list):
        return ["must be an array"]
    found = [f"no more than {most} items allowed"] if len(blocks) > most else []
    for index, block in enumerate(blocks):
        found += [f"{fault} [json-pointer:/blocks/{index}]" for fault in _of_block(block)]
    ids = [block["block_id"] for block in blocks if isinstance(block, dict) and block.get("block_id")]
    if len(ids) != len(set(ids)):
        found.append("block_id already exists")
    written = sum(
        len(str(one.get("text", ""))) for one in blocks if isinstance(one, dict) and one.get("type") == "markdown"
    )
    return [*found, "markdown blocks too long together"] if written > TEXTS["markdown"] else found


def _of_block(block: Any) -> list[str]:
    if not isinstance(block, dict) or block.get("type") not in TYPES:
        return [f"unsupported type: {block.get('type') if isinstance(block, dict) else block!r}"]
    kind, found = block["type"], _values(block)
    if kind in TEXTS and (kind != "section" or "text" in block or "fields" not in block):
        found += _text(block.get("text"), TEXTS[kind])
    if kind == "section":
        fields = block.get("fields", [])
        found += ["too many fields"] * (len(fields) > 10) + [one for each in fields for one in _text(each, 2000)]
        found += _element(block["accessory"]) if "accessory" in block else []
    if kind in MOST:
        found += _elements(block, *MOST[kind])
    if kind == "table":
        found += _table(block)
    if kind == "image" and not block.get("alt_text"):
        found.append("missing required field: alt_text")
    return found


def _elements(block: dict[str, Any], name: str, most: int) -> list[str]:
    elements = block.get(name)
    if not isinstance(elements, list) or not elements:
        return [f"missing required field: {name}"]
    found = [f"no more than {most} items allowed"] if len(elements) > most else []
    ids = [one.get("action_id") for one in elements if isinstance(one, dict) and one.get("action_id")]
    found += ["action_id already exists"] * (len(ids) != len(set(ids)))
    return found + [fault for one in elements for fault in _element(one)]


def _element(element: Any) -> list[str]:
    if not isinstance(element, dict):
        return ["must be an object"]
    found = _values(element)
    if element.get("type") == "button":
        found += _text(element.get("text"), 75)
    if element.get("type") in ("mrkdwn", "plain_text"):
        found += _text(element, 3000)
    if element.get("type") == "feedback_buttons":
        for name in ("positive_button", "negative_button"):
            button = element.get(name, {})
            found += _text(button.get("text"), 75) + _values(button)
            found += [] if button.get("value") else [f"missing required field: {name}.value"]
    return found


def _values(holder: dict[str, Any]) -> list[str]:
    return [
        f"must be no more than {most} characters [{name}]"
        for name, most in VALUES.items()
        if len(str(holder.get(name, ""))) > most
    ]


def _text(text: Any, most: int) -> list[str]:
    written = text.get("text") if isinstance(text, dict) else text
    if not isinstance(written, str) or not written:
        return ["missing required field: text"]
    return [f"must be no more than {most} characters"] if len(written) > most else []


def _table(block: dict[str, Any]) -> list[str]:
    rows = block.get("rows")
    if not isinstance(rows, list) or not rows:
        return ["missing required field: rows"]
    found = ["no more than 100 rows allowed"] if len(rows) > 100 else []
    return found + ["no more than 20 cells allowed"] * any(len(row) > 20 for row in rows)
