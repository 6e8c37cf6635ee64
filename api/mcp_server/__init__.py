"""The assistant as tools and resources of the Model Context Protocol (MCP), for the models that advisors work with.

::

    a client ─stdin/stdout─▶ over_stdio ─┐
    a client ──POST /mcp───▶ over_http ──┴▶ server ─▶ tools: taking ─▶ asking, finding ─▶ telling
                                                   └▶ resources: documents, passages

``taking`` is what tools take, ``telling`` what they give, as schemas, structured values and text.  Nothing here makes
an answer: all comes from the desk (:class:`api.standing.Standing`).  The folder is not called ``mcp``: that is the
library's name.
"""
