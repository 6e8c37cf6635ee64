"""Slack: the assistant in channels, direct messages, the agent view, ``/hojokin`` and a message shortcut.

::

    Slack ─HTTP─▶ verifying ─┐
    Slack ─WebSocket─▶ socket ┴▶ inbox (Bolt): a request becomes a Job, kept in SQL, before it is acknowledged
    Job ─working─▶ deeds ─▶ Chat, check … ─▶ blocks (Block Kit) ─telling─▶ calling (Slack's methods, rate limits)

A job is known by the id of what made it: delivered four times to two processes it is one, and one whose process died
is taken up by the next.  Nothing here makes an answer; what is told comes from :class:`api.chat.Chat` or ``check``.
"""
