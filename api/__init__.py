"""What the outside reaches over HTTP: the JSON API and the chat page.

::

    request ─Shell─▶ (body limit, security headers, last catch) ─▶ route ─▶ Answerer.ask ─▶ ChatReply

The routes hold no knowledge of the documents: whatever has ``ask`` can stand behind them.
"""
