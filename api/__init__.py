"""What the outside reaches over HTTP: the JSON API and the chat page.

::

    request ─Shell─▶ (body limit, security headers, last catch) ─▶ route ─▶ Chat, in a thread ─▶ ChatReply or events

The routes hold no knowledge of the documents: whatever has ``stream`` can stand behind them.
"""
