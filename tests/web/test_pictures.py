"""The docs' pictures: all of them are there, light enough, and none that nothing takes."""

from __future__ import annotations

import pytest
from PIL import Image

from tools import pictures


def test_the_folder_holds_what_the_tool_takes():
    assert {path.stem for path in pictures.FOLDER.iterdir()} == pictures.PICTURES.keys()


@pytest.mark.parametrize("name", pictures.PICTURES)
def test_a_picture_is_light_and_of_its_window(name):
    path = pictures.FOLDER / f"{name}.png"
    window = pictures.PICTURES[name].window
    scale = window.get("device_scale_factor", 1)
    assert path.stat().st_size <= pictures.LARGEST
    with Image.open(path) as picture:
        assert picture.size == (window["viewport"]["width"] * scale, window["viewport"]["height"] * scale)
        assert len(picture.convert("RGB").getcolors(1 << 24) or []) > 20  # no empty page
