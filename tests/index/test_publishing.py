"""Whole or not at all: crashes, rivals, damage, other versions."""

from __future__ import annotations

import dataclasses
import json
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from assistant.embed import words as words_module
from assistant.embed.vocabulary import Vocabulary
from assistant.errors import AssistantError, BuildRefused, IndexDamaged, IndexError_, IndexMissing, SettingsError
from assistant.index import SCHEMA, Content, current_manifest, load, publish
from assistant.index import manifest as manifest_module
from assistant.index.publish import STAGES
from assistant.records import AskedAs

from .samples import files_of, flip_bit, make_content, truncate

FIRST, SECOND = make_content(), make_content("二年目の資料です。")


@pytest.fixture(scope="module", autouse=True)
def few_words() -> Iterator[None]:
    """A vocabulary of a few words: what is tested here does not depend on their meaning, and reading all takes long."""
    table = np.random.default_rng(3).normal(size=(5, 16)).astype(np.float32)
    few = Vocabulary("few", table, {word: row for row, word in enumerate(["融資", "企業", "店", "補助", "仕事"])})
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(words_module, "read_vocabulary", lambda: few)
        yield


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two builds, one after the other; tests work on copies."""
    path = tmp_path_factory.mktemp("made")
    publish(FIRST, path, corpus_hash="first")
    publish(SECOND, path, corpus_hash="second")
    return path


@pytest.fixture
def folder(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "index"))


def served(folder: Path) -> str:
    with load(folder) as index:
        return index.manifest.corpus_hash


def builds(folder: Path) -> list[Path]:
    return sorted((folder / "builds").iterdir())


def one_line(error: AssistantError) -> bool:
    return "\n" not in str(error) and "assistant build" in str(error)


def test_nothing_built(tmp_path: Path) -> None:
    with pytest.raises(IndexMissing) as error:
        load(tmp_path / "nowhere")
    assert one_line(error.value)
    assert current_manifest(tmp_path / "nowhere") is None


def test_newest_is_served_and_one_earlier_is_kept(folder: Path) -> None:
    assert served(folder) == "second"
    assert len(builds(folder)) == 2
    publish(FIRST, folder, corpus_hash="third")
    assert served(folder) == "third"
    assert [json.loads((build / "manifest.json").read_text("utf-8"))["corpus_hash"] for build in builds(folder)] == [
        "second",
        "third",
    ]


def test_build_that_is_being_read_is_not_removed(folder: Path) -> None:
    with load(folder) as index:
        publish(FIRST, folder, corpus_hash="third")
        publish(FIRST, folder, corpus_hash="fourth")
        assert index.path.exists()
        assert [fact.fact_id for fact in index.facts_of("x-r01:a")] == ["f1"]
        assert index.embedder.dimension == index.manifest.dimension
    publish(FIRST, folder, corpus_hash="fifth")
    assert not index.path.exists()
    assert len(builds(folder)) == 2


@pytest.mark.parametrize("moment", range(2))
@pytest.mark.parametrize("stage", [stage for stage in STAGES if stage not in ("fitting", "asked")])
def test_crash_leaves_an_index_that_answers(folder: Path, stage: str, moment: int) -> None:
    seen: list[int] = []

    def crash(at: str, done: int, total: int) -> None:
        seen.extend([done] if at == stage else [])
        if at == stage and (len(seen) > moment or stage == "clean"):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        publish(FIRST, folder, corpus_hash="third", progress=crash)
    switched = stage == "clean" or (stage == "switch" and moment == 1)
    assert served(folder) == ("third" if switched else "second")
    publish(FIRST, folder, corpus_hash="fourth")
    assert served(folder) == "fourth"
    assert len(builds(folder)) == 2


@pytest.mark.parametrize("moment", range(2))
@pytest.mark.parametrize("stage", ["fitting", "asked"])
def test_crash_while_it_learns_leaves_an_index_that_answers(folder: Path, stage: str, moment: int) -> None:
    asked = dataclasses.replace(FIRST, asked=(AskedAs(FIRST.programs[0].id, "電気代を下げたい"),))

    def crash(at: str, done: int, total: int) -> None:
        if at == stage and done == moment:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        publish(asked, folder, corpus_hash="third", fit=True, progress=crash)
    assert served(folder) == "second"


def test_leftovers_of_a_killed_builder_are_removed(folder: Path) -> None:
    left = folder / "builds" / ".tmp-1-dead"
    left.mkdir()
    (left / "store.sqlite").write_bytes(b"half")
    (folder / "CURRENT.dead").write_text("half")
    publish(FIRST, folder, corpus_hash="third")
    assert not left.exists()
    assert sorted(path.name for path in folder.iterdir()) == [".lock", "CURRENT", "builds"]


@pytest.mark.parametrize("harm", [flip_bit, truncate, Path.unlink])
def test_damage_in_any_file_is_noticed(folder: Path, harm: object) -> None:
    current, names = builds(folder)[1], files_of(builds(folder)[1])
    shutil.rmtree(builds(folder)[0])
    assert len(names) > 10
    for name in names:
        whole = (current / name).read_bytes()
        harm(current / name)  # type: ignore[operator]
        with pytest.raises(IndexDamaged, match=name.rpartition("/")[2]) as error:
            load(folder)
        assert one_line(error.value)
        (current / name).write_bytes(whole)
    assert served(folder) == "second"


def test_earlier_build_is_served_when_the_newest_is_damaged(folder: Path) -> None:
    flip_bit(builds(folder)[1] / "passages.faiss")
    with load(folder) as index:
        assert index.manifest.corpus_hash == "first"
        assert index.warning is not None
        assert "passages.faiss" in index.warning
        assert "assistant build" in index.warning


@pytest.mark.parametrize("text", [b"", b"nothing\n", b"../../etc", b"\xff\x00"])
def test_current_that_names_no_build(folder: Path, text: bytes) -> None:
    (folder / "CURRENT").write_bytes(text)
    with load(folder) as index:
        assert index.warning is not None
    assert current_manifest(folder) is None
    shutil.rmtree(folder / "builds")
    with pytest.raises(IndexDamaged) as error:
        load(folder)
    assert one_line(error.value)


def test_both_builds_damaged(folder: Path) -> None:
    for build in builds(folder):
        flip_bit(build / "store.sqlite")
    with pytest.raises(IndexDamaged, match=r"store\.sqlite"):
        load(folder)


def test_index_of_another_schema(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(manifest_module, "SCHEMA", SCHEMA + 1)
    with pytest.raises(IndexError_, match="version") as error:
        load(folder)
    assert one_line(error.value)
    assert current_manifest(folder) is None


def test_index_of_another_dictionary(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(manifest_module, "dictionary_version", lambda: "20990101")
    with pytest.raises(IndexError_, match="20990101") as error:
        load(folder)
    assert one_line(error.value)


def test_two_builders_at_once(tmp_path: Path) -> None:
    failures: list[BaseException] = []

    def build(name: str) -> None:
        try:
            publish(FIRST, tmp_path, corpus_hash=name)
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=build, args=(name,)) for name in ("one", "two", "three")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert served(tmp_path) in {"one", "two", "three"}
    assert len(builds(tmp_path)) == 2


def test_rebuilding_keeps_ids_and_answers(folder: Path) -> None:
    with load(folder) as before:
        publish(SECOND, folder, corpus_hash="again")
        with load(folder) as after:
            vector = before.embedder.encode_query(["店を始める"])[0]
            assert after.dense_passages(vector, 4) == before.dense_passages(vector, 4)
            assert after.dense_programs(vector, 4) == before.dense_programs(vector, 4)
            assert after.bm25(["融資", "企業"], 4) == before.bm25(["融資", "企業"], 4)
            changed = {name for name, stated in after.manifest.files.items() if before.manifest.files[name] != stated}
    assert not changed


@pytest.mark.parametrize(
    "content",
    [
        Content((), (), (), (), ()),
        dataclasses.replace(FIRST, passages=()),
        dataclasses.replace(FIRST, passages=FIRST.passages * 2),
        dataclasses.replace(FIRST, programs=FIRST.programs * 2),
        dataclasses.replace(FIRST, facts=FIRST.facts * 2),
        dataclasses.replace(FIRST, documents=FIRST.documents * 2),
    ],
)
def test_unusable_content_is_refused(folder: Path, content: Content) -> None:
    with pytest.raises(BuildRefused) as error:
        publish(content, folder, corpus_hash="third")
    assert one_line(error.value)
    assert served(folder) == "second"


def test_folder_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(IndexError_, match="ASSISTANT_INDEX"):
        publish(FIRST, tmp_path / "file" / "index", corpus_hash="")


def test_model_that_cannot_be_loaded_leaves_the_index(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(SettingsError):
        publish(FIRST, folder, embedding_model=str(tmp_path / "no-model"), corpus_hash="third")
    assert served(folder) == "second"
    assert len(builds(folder)) == 2
