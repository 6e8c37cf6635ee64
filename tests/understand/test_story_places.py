"""Places of the asker's story, and the places whose programs are asked for."""

import pytest

from assistant.understand.asked_places import places_said

HELD = (("山形県", "山形県"), ("青森県", "青森県"))


@pytest.mark.parametrize(
    ("text", "regions", "places"),
    [
        ("盛岡でパン屋を開く。県の創業補助いくら?", ("岩手県",), ()),
        ("酒田でパン屋を開く。県の創業の予算はいくら?", ("山形県",), ()),
        ("国の助成金に上乗せして山形県が出す奨励金の予算は?", ("山形県",), ()),
        ("八戸市役所がやっている空き店舗の補助はいくら?", (), ("八戸市",)),
        ("青森の人材育成の事業は?", ("青森県",), ()),
        ("東京のベテランに手伝いに来てもらう旅費、青森県は?", ("青森県",), ()),
        ("青森県で売上が減った酒屋、借りられるのはいくらまで?", ("青森県",), ()),
        ("青森で息子に店を渡す段取りを頼む。上限は?", ("青森県",), ()),
        ("青森で売るお菓子をこさえたい、補助は何割?", ("青森県",), ()),  # the only place that is named
        ("青森で売るお菓子をこさえたい、山形県の補助は何割?", ("山形県",), ()),
    ],
)
def test_a_place_of_the_story_is_not_the_place_asked(text, regions, places):
    said = places_said(text, HELD)
    assert (said.regions, said.places) == (regions, places)
