"""``build``: the report, bad corpora in one line, the earlier index still served, damage."""

import os
import shutil
from functools import partial
from pathlib import Path

import pytest
from conftest import CORPUS

from assistant.cli import building
from assistant.ingest import build
from cli import running

run = running.run

FIELDS = {"title": "一覧", "publisher": "県", "region": "群馬県", "fiscal_year": "令和2年度", "stage": "施策一覧"}


def manifest(**changes: str | None) -> str:
    entry = {"id": "a", "file": "a.md", **FIELDS, **changes}
    return "schema = 1\n[[document]]\n" + "".join(f'{k} = "{v}"\n' for k, v in entry.items() if v is not None)


@pytest.fixture
def corpus(tmp_path) -> Path:
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "a.md").write_text("## 一覧\n\n- 創業支援  \n100万円\n- 販路開拓支援  \n200万円\n", encoding="utf-8")
    (folder / "manifest.toml").write_text(manifest(), encoding="utf-8")
    return folder


@pytest.fixture
def unfitted(monkeypatch) -> None:
    """Builds that do not fit the words to the documents: that is most of their time."""
    monkeypatch.setattr(building, "build_index", partial(build, fit=False))


def test_build_reports_what_it_read_and_that_it_adds_up(run, tmp_path):
    ran = run("build", "--strict", "--corpus", str(CORPUS), "--index", str(tmp_path / "index"))
    assert ran.status == 0
    assert all(path.stem in ran.out for path in CORPUS.glob("*.md"))
    assert all(word in ran.out for word in ("Published", "小計", "合計", "suspect"))
    assert "does not hold" not in ran.out


@pytest.mark.usefixtures("unfitted")
def test_if_stale_builds_only_when_it_must(run, twice):
    corpus = twice.parent / "corpus"
    args = ["build", "--if-stale", "--corpus", str(corpus), "--index", str(twice)]
    ran = run(*args)
    assert (ran.status, ran.out) == (0, "")
    (corpus / "a.md").write_text("## 一覧\n\n- 創業支援  \n400万円\n", encoding="utf-8")
    assert "Published" in run(*args).out


@pytest.mark.usefixtures("unfitted")
def test_a_new_build_is_served(run, corpus, twice):
    index = ["--index", str(twice)]
    assert "300万円" in run("ask", "群馬県の創業支援の予算は", *index).out
    assert run("build", "--corpus", str(corpus), *index).status == 0
    assert "100万円" in run("ask", "群馬県の創業支援の予算は", *index).out


@pytest.mark.usefixtures("unfitted")
def test_documents_without_a_manifest_are_guessed_and_said(run, corpus, tmp_path):
    (corpus / "manifest.toml").unlink()
    ran = run("build", "--corpus", str(corpus), "--index", str(tmp_path / "index"))
    assert ran.status == 0
    assert "guessed" in ran.out


@pytest.mark.usefixtures("unfitted")
def test_what_is_skipped_is_said(run, corpus, tmp_path):
    (corpus / "picture.png").write_bytes(b"\x89PNG\x00\x00")
    (corpus / "b.md").write_bytes(b"\x00\x01\x02")
    ran = run("build", "--corpus", str(corpus), "--index", str(tmp_path / "index"))
    assert ran.status == 0
    assert "skipped b.md" in ran.out


BAD = [
    ("manifest.toml", manifest(title=None)),
    ("manifest.toml", manifest(file=None)),
    ("manifest.toml", manifest(id=None)),
    ("manifest.toml", manifest(region=None)),
    ("manifest.toml", manifest(file="none.md")),
    ("manifest.toml", manifest(file="../a.md")),
    ("manifest.toml", "not toml = ["),
    ("manifest.toml", "document = 3"),
    ("manifest.toml", "schema = 1\ndocument = [1]\n"),
    ("manifest.toml", "\udcff\udcfe"),
]


@pytest.mark.parametrize(("name", "content"), BAD, ids=lambda value: repr(value)[-40:])
def test_a_bad_corpus_is_one_line_and_the_earlier_index_stays(run, corpus, twice, name, content):
    index = ["--index", str(twice)]
    (corpus / name).write_bytes(content.encode("utf-8", "surrogateescape"))
    assert run("build", "--corpus", str(corpus), *index).error
    ran = run("ask", "群馬県の創業支援の予算は", *index)
    assert ("300万円" in ran.out, ran.err) == (True, "")


def test_a_missing_or_empty_corpus(run, tmp_path):
    index = ["--index", str(tmp_path / "index")]
    assert run("build", "--corpus", str(tmp_path / "none"), *index).error
    (tmp_path / "empty").mkdir()
    assert run("build", "--corpus", str(tmp_path / "empty"), *index).error
    (tmp_path / "file").write_text("", encoding="utf-8")
    assert run("build", "--corpus", str(tmp_path / "file"), *index).error
    assert not (tmp_path / "index" / "CURRENT").exists()


def test_a_corpus_with_no_program(run, tmp_path):
    (tmp_path / "c").mkdir()
    (tmp_path / "c" / "a.md").write_text("\n\n", encoding="utf-8")
    assert run("build", "--corpus", str(tmp_path / "c"), "--index", str(tmp_path / "index")).error


def test_an_index_folder_that_cannot_be_written(run, corpus, tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    assert run("build", "--corpus", str(corpus), "--index", str(tmp_path / "file")).error


@pytest.mark.usefixtures("unfitted")
def test_strict_refuses_a_document_that_was_changed(run, tmp_path):
    shutil.copytree(CORPUS, tmp_path / "corpus")
    path = tmp_path / "corpus" / "yamagata-r02.md"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("70,934,529", "70,934,530"), encoding="utf-8")
    index = ["--index", str(tmp_path / "index")]
    assert "--strict" in run("build", "--strict", "--corpus", str(tmp_path / "corpus"), *index).error
    ran = run("build", "--corpus", str(tmp_path / "corpus"), *index)
    assert ran.status == 0
    assert "does not hold" in ran.out


# ---- damage ----


def flip(path: Path) -> None:
    """One bit in the middle of a file."""
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 0x10
    path.write_bytes(bytes(data))


@pytest.fixture(scope="module")
def built(tmp_path_factory) -> Path:
    """A folder with a corpus and an index of two builds; the newer one says 300万円."""
    folder = tmp_path_factory.mktemp("twice")
    (folder / "corpus").mkdir()
    (folder / "corpus" / "manifest.toml").write_text(manifest(), encoding="utf-8")
    for amount in ("100万円", "300万円"):
        text = f"## 一覧\n\n- 創業支援  \n{amount}\n- 販路開拓支援  \n200万円\n"
        (folder / "corpus" / "a.md").write_text(text, encoding="utf-8")
        build(folder / "corpus", folder / "index", fit=False)
    return folder


@pytest.fixture
def twice(built, tmp_path) -> Path:
    """A copy of that index."""
    shutil.copytree(built, tmp_path / "twice")
    return tmp_path / "twice" / "index"


def files_of(build: Path) -> list[Path]:
    return sorted(path for path in build.rglob("*") if path.is_file() and path.stat().st_size)


@pytest.mark.parametrize("name", ["store.sqlite", "passages.faiss", "programs.faiss", "manifest.json", "bm25", "words"])
def test_a_flipped_bit_serves_the_earlier_build_and_says_so(run, twice, name):
    newest = max((twice / "builds").iterdir())
    for path in files_of(newest):
        if name in path.relative_to(newest).parts:
            flip(path)
            break
    ran = run("ask", "群馬県の創業支援の予算は", "--index", str(twice))
    assert ran.status == 0
    assert "100万円" in ran.out
    assert len(ran.err.splitlines()) == 1
    assert ran.err.startswith("assistant: ")


def test_damage_everywhere_is_one_line(run, twice):
    for folder in (twice / "builds").iterdir():
        flip(folder / "store.sqlite")
    assert "assistant build" in run("ask", "群馬県の創業支援の予算は", "--index", str(twice)).error


def test_a_truncated_or_missing_file_is_damage(run, twice):
    newest = max((twice / "builds").iterdir())
    path = newest / "passages.faiss"
    os.truncate(path, path.stat().st_size - 1)
    assert "100万円" in run("ask", "群馬県の創業支援の予算は", "--index", str(twice)).out
    path.unlink()
    assert "100万円" in run("ask", "群馬県の創業支援の予算は", "--index", str(twice)).out


@pytest.mark.parametrize("content", ["", "none\n", "../..\n", "\x00\n"])
def test_a_spoiled_pointer_is_no_traceback(run, twice, content):
    (twice / "CURRENT").write_text(content, encoding="utf-8")
    ran = run("ask", "群馬県の創業支援の予算は", "--index", str(twice))
    assert ran.status in (0, 1)
    assert len(ran.err.splitlines()) == 1
    assert ran.err.startswith("assistant: ")


@pytest.mark.usefixtures("unfitted")
def test_building_again_mends_it(run, twice):
    flip(max((twice / "builds").iterdir()) / "store.sqlite")
    assert run("build", "--corpus", str(twice.parent / "corpus"), "--index", str(twice)).status == 0
    ran = run("ask", "群馬県の創業支援の予算は", "--index", str(twice))
    assert (ran.err, "300万円" in ran.out) == ("", True)
