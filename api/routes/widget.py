"""``GET /widget.js``: the widget, one file for any site."""

from __future__ import annotations

from fastapi import FastAPI


def add_widget(app: FastAPI) -> None:
    """The widget route."""
