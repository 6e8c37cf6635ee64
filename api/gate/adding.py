"""The gate of an application: made from its settings, put around its routes."""

from __future__ import annotations

from dataclasses import dataclass, field

from fastapi import FastAPI
from starlette.types import Scope

from ..web import Web
from .access import Access
from .addresses import Networks, client_of
from .metrics import Metrics
from .origins import Origins
from .rates import Rates
from .refusing import Refusing
from .shell import BODY_SECONDS, Shell


@dataclass(slots=True)
class Gate:
    """What the routes and whoever serves need of the gate."""

    near: Networks  # without limits, and let in to the figures
    metrics: Metrics = field(default_factory=Metrics)
    draining: bool = False

    def drain(self) -> None:
        """From now on ``/readyz`` says that the server is going, so that a balancer sends nobody more."""
        self.draining = True

    def admits(self, scope: Scope) -> bool:
        """Whether the client may see the figures of the server: this machine itself and the networks without limits."""
        client = client_of(scope)
        return client in self.near or (client is not None and client.is_loopback)


def add_gate(app: FastAPI, web: Web, *, body_seconds: float = BODY_SECONDS) -> Gate:
    """Put the gate around every route of ``app``.  Raises SettingsError for a setting that cannot be used.

    ``app.state.gate`` is the gate, for whoever serves.

    From the outside in: what is told of an exchange; headers, limits of a body and the last catch; who is turned away.
    So a refusal and a defect have the same headers, id and log line as an answer.
    """
    gate = Gate(Networks(web.rate_exempt))
    app.state.gate = gate
    origins = Origins(web.allowed_origins)
    rates = Rates(web.rate_per_client, web.rate_total)
    # The framework puts what is added last outermost.
    app.add_middleware(Refusing, origins=origins, rates=rates, exempt=gate.near, metrics=gate.metrics)
    app.add_middleware(Shell, max_body=web.max_body, body_seconds=body_seconds, origins=origins)
    app.add_middleware(Access, metrics=gate.metrics)
    return gate
