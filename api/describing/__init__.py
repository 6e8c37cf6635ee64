"""What ``/openapi.json`` says beyond the types: what each route is for, with examples of what goes in and out.

The words stand in tables beside this file, so that one reads them at a stretch: ``operations.json`` by method and path,
``fields.json`` by schema and field, ``tags.json``.  The tests hold them against the routes, both ways.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from fastapi import FastAPI

HERE = Path(__file__).parent
JSON = "application/json"


def describe(app: FastAPI) -> None:
    """Lets ``app`` give its OpenAPI description with the tables' words; call it when every route is there."""
    bare = app.openapi

    def described() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = enriched(bare())
        return app.openapi_schema

    app.openapi = described  # type: ignore[method-assign]  # the way that the framework documents


def enriched(schema: dict[str, Any]) -> dict[str, Any]:
    """``schema`` with the tables' words in it."""
    schema["tags"] = table("tags")
    told = table("operations")
    for path, item in schema["paths"].items():
        for method, operation in item.items():
            _operation(operation, told.get(f"{method.upper()} {path}", {}))
    for name, fields in table("fields").items():
        properties = schema["components"]["schemas"].get(name, {}).get("properties", {})
        for field, words in fields.items():
            properties.get(field, {}).update(words)
    return schema


def _operation(operation: dict[str, Any], words: dict[str, Any]) -> None:
    operation.update({name: words[name] for name in ("operationId", "summary") if name in words})
    if "request" in words:
        operation["requestBody"]["content"][JSON]["examples"] = named(words["request"])
    for media_type, examples in words.get("reply", {}).items():
        content = operation["responses"]["200"].setdefault("content", {})
        content.setdefault(media_type, {"schema": {"type": "string"}})["examples"] = named(examples)


def named(examples: dict[str, Any]) -> dict[str, Any]:
    """OpenAPI's form of examples by name."""
    return {name: {"value": value} for name, value in examples.items()}


def table(name: str) -> Any:
    """One of the tables."""
    return json.loads((HERE / f"{name}.json").read_text("utf-8"))
