"""A thread with the real assistant: what was named before is what a short question is about."""

from __future__ import annotations

from pathlib import Path

from api.slack.tasks import Ask
from assistant.chain import Assistant
from assistant.conversations import Store

from .doing import Office
from .fake import fake_slack
from .fake_records import COLLEAGUE, DIRECT


def test_short_questions_go_on_with_their_thread_and_no_other(assistant: Assistant, tmp_path: Path) -> None:
    store = Store.open(f"sqlite:///{tmp_path / 'c.sqlite'}")
    with fake_slack() as fake:
        office = Office(fake, store, desk=assistant)
        named = office.said("事業承継補助金について教えてほしい", user=COLLEAGUE)
        office.do(Ask(office.said("補助率は?", thread=named.ts), "補助率は?"))
        office.do(Ask(office.said("上限は?", thread=named.ts), "上限は?"))
        rate, limit = office.told()
        assert "事業承継" in rate.whole
        assert "2/3" in rate.whole
        assert "事業承継" in limit.whole  # whose limit no document states
        assert "上限" in limit.whole
        office.do(Ask(office.said("上限は?", DIRECT), "上限は?"))
        (elsewhere,) = office.told(DIRECT)
        assert elsewhere.whole != limit.whole
    store.close()
