"""The widget as its users meet it: where its parts are and how they are used.  Shadow roots are looked into."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect


class Chat:
    """One ``<support-assistant>`` of a page."""

    def __init__(self, page: Page, widget: Locator | None = None) -> None:
        self.page = page
        self.widget = widget or page.locator("support-assistant")
        self.field = self.part("question")
        self.send = self.part("send")
        self.messages = self.widget.locator(".message")
        self.answer = self.widget.locator(".message.assistant").last
        self.text = self.answer.locator(".text")
        self.failed = self.widget.locator(".message.failed").last
        self.panel = self.part("source-panel")
        self.card = self.part("card")

    def part(self, name: str) -> Locator:
        """The elements of a part."""
        return self.widget.locator(f"[part~={name}]")

    def begin(self, question: str) -> None:
        """Ask with the keyboard, without waiting for what comes."""
        self.field.fill(question)
        self.field.press("Enter")

    def ask(self, question: str, state: str = "done") -> None:
        """Ask, and wait for the answer (or for another end)."""
        before = self.messages.count()
        self.begin(question)
        self.settled(before + 2, state)

    def settled(self, messages: int, state: str = "done") -> None:
        """So many messages stand there, and the last one is whole."""
        expect(self.messages).to_have_count(messages)
        expect(self.messages.last).to_have_attribute("data-state", state)

    def chip(self, marker: int = 1) -> Locator:
        """The first chip of a source in the last answer."""
        return self.text.locator(f".citation[data-marker='{marker}']").first

    def figure(self, text: str) -> Locator:
        """The first chip of a figure in the last answer."""
        return self.text.locator(".figure", has_text=text).first


def own_panels(page: Page) -> None:
    """From now on the page does not hear of opened sources: the widget shows them itself."""
    page.evaluate("addEventListener('support-assistant:source', (event) => event.stopImmediatePropagation(), true)")


def fits(page: Page) -> bool:
    """Whether nothing reaches out of the window sideways."""
    inside: bool = page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth + 1")
    return inside


def focused(page: Page) -> str:
    """What has the focus, looked for through shadow roots: its parts, else its id, else its words."""
    words: str = page.evaluate(
        """() => {
          let node = document.activeElement;
          while (node?.shadowRoot?.activeElement) node = node.shadowRoot.activeElement;
          return node?.getAttribute("part") || node?.id || node?.textContent.trim() || "";
        }"""
    )
    return words
