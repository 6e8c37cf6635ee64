"""axe-core's judgement of a page as it stands."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import axe_playwright_python
from playwright.sync_api import Page

SCRIPT = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text("utf-8")
TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
THEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
#: Transitions are over before colours are judged.  The order of headings is the whole page's, not a part's.
RUN = """async ([tags, within]) => {
  await Promise.all(document.getAnimations().map((one) => one.finished.catch(() => null)));
  const options = {runOnly: {type: "tag", values: tags}, rules: {
    "target-size": {enabled: true}, "heading-order": {enabled: !within}}};
  const found = await axe.run(within ?? document, options);
  const told = (rule) => rule.nodes.map((node) =>
    `${rule.id}: ${node.target.flat().join(" ")}: ${node.failureSummary.replace(/\\s+/g, " ")}`);
  return {violations: found.violations.flatMap(told), passes: found.passes.length};
}"""


def judge(page: Page, within: str | None = None) -> None:
    """Nothing is wrong with the page (or with what a selector names), neither in light nor in dark."""
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(SCRIPT)
    lines: list[str] = []
    for theme in THEMES:
        page.emulate_media(color_scheme=theme)
        found = page.evaluate(RUN, [list(TAGS), within])
        assert found["passes"] > 10, "axe has looked at next to nothing"
        lines += [f"{theme}: {line}" for line in found["violations"]]
    assert not lines, "\n".join(lines)
