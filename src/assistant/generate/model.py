"""Any chat model that LangChain knows, as a function from messages to pieces of its reply.

LangChain and the provider's library are imported when a model is configured, so that starting without one stays quick.
The one retry loop and the deadlines are in :mod:`.leash`; the libraries' own retries are off.
"""

from __future__ import annotations

import os
import weakref
from collections.abc import Callable, Iterator, Mapping, Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urlsplit

from ..errors import MissingExtra, SettingsError
from ..settings import Settings
from .faults import fault, fault_of
from .messages import Message, Model, Piece
from .wire import at_home, bounded_client

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel
    from langchain_core.messages import AIMessageChunk

#: Which extra of this package a provider comes with; OpenAI's own needs none.
EXTRAS = {
    "anthropic": "anthropic",
    "anthropic_bedrock": "aws",
    "bedrock": "aws",
    "bedrock_converse": "aws",
    "bedrock_mantle_anthropic": "aws",
    "bedrock_mantle_openai": "aws",
    "ollama": "ollama",
}
_NO_KEY = "none"  # what a server of one's own is sent that asks for no key


def make_model(settings: Settings) -> Model | None:
    """The configured model, or None when ``ASSISTANT_LLM`` is empty.

    Raises SettingsError for settings that no model can be made from, and MissingExtra with the install line when the
    provider's package is missing.
    """
    if not settings.llm.strip():
        return None
    chat = make_chat(settings)

    def model(messages: Sequence[Message]) -> Iterator[Piece]:
        """The pieces of one reply.  Raises ModelFault, nothing else."""
        try:
            yield from _pieces(chat.stream([(message.role, message.content) for message in messages]))
        except Exception as error:
            raise fault_of(error) from None

    if (client := getattr(chat, "http_client", None)) is not None:
        weakref.finalize(model, client.close)  # its connections are kept for the next call, and end with the model
    return model


def make_chat(settings: Settings) -> BaseChatModel:
    """LangChain's chat model for the settings; raises as :func:`make_model` does."""
    provider, _, name = settings.llm.strip().partition(":")
    provider = provider.strip().replace("-", "_").lower()
    if not provider or not name.strip():
        raise SettingsError(
            f"ASSISTANT_LLM is no provider:model: {settings.llm!r}.",
            hint="Set it as in openai:gpt-5.1 or ollama:qwen3.",
        )
    _check_address(settings.llm_base_url)
    key = _key_of(settings)
    from langchain.chat_models import init_chat_model

    try:
        taken = _TAKEN.get(provider, _common)(settings, key)
        return cast("BaseChatModel", init_chat_model(name.strip(), model_provider=provider, **taken))
    except ImportError as error:
        raise _missing(provider) from error
    except Exception as error:  # every provider has its own way to refuse what it is set up with
        raise SettingsError(
            f"ASSISTANT_LLM={settings.llm} cannot be used: {_one_line(error)}.",
            hint="Check ASSISTANT_LLM, ASSISTANT_LLM_BASE_URL and ASSISTANT_LLM_API_KEY.",
        ) from None


def _pieces(chunks: Iterator[AIMessageChunk]) -> Iterator[Piece]:
    """LangChain's chunks as pieces; a stream that ends without saying why was cut."""
    ended, tokens = False, 0
    for chunk in chunks:
        if usage := chunk.usage_metadata:
            tokens += usage["total_tokens"]  # some tell it in parts, the request's first and the reply's last
        if chunk.text or usage:
            yield Piece(str(chunk.text), tokens)
        ended = ended or _says_why(chunk.response_metadata)
    if not ended:
        raise fault("cut")


def _says_why(metadata: Mapping[str, Any]) -> bool:
    """Whether a chunk tells why the reply ends: finish_reason, stop_reason, stopReason or done_reason."""
    return any(value and name.lower().endswith("reason") for name, value in metadata.items())


def _check_address(url: str) -> None:
    try:
        parts = urlsplit(url)
        right = not url or (parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port or 1) > 0)
    except ValueError:
        right = False
    if not right:
        raise SettingsError(
            f"ASSISTANT_LLM_BASE_URL is no address: {url!r}.", hint="Set it as in http://127.0.0.1:8080/v1."
        )


def _key_of(settings: Settings) -> str:
    key = settings.llm_api_key.get_secret_value().strip()
    if not (key.isascii() and key.isprintable()):
        raise SettingsError(
            "ASSISTANT_LLM_API_KEY holds a letter that no key has.", hint="Copy the key again, in ASCII letters."
        )
    return key


def _missing(provider: str) -> MissingExtra:
    extra = EXTRAS.get(provider)
    package = f"-e '.[{extra}]'" if extra else f"langchain-{provider.replace('_', '-')}"
    install = f".venv/bin/pip install {package}"
    return MissingExtra(
        f"The language models of {provider} need a package that is not installed.",
        hint=f"Run {install} (openai and every compatible server need none; extras: anthropic, aws, ollama).",
    )


def _one_line(error: Exception) -> str:
    """The first line of a library's error, its values left out: a key may be among them."""
    told = getattr(error, "errors", None)
    lines = [str(one["msg"]) for one in told()] if callable(told) else str(error).splitlines()
    return next((line.strip().rstrip(".") for line in lines if line.strip()), type(error).__name__)


def _set(**options: Any) -> dict[str, Any]:
    """Options without those that are not set."""
    return {name: value for name, value in options.items() if value not in (None, "")}


def _temperature(settings: Settings) -> float | None:
    return settings.llm_temperature if settings.llm_temperature >= 0 else None


def _common(settings: Settings, key: str) -> dict[str, Any]:
    """The names that LangChain's integrations share."""
    return _set(
        temperature=_temperature(settings),
        max_tokens=settings.llm_max_tokens,
        timeout=settings.llm_first_token,
        max_retries=0,
        base_url=settings.llm_base_url,
        api_key=key,
    )


def _openai(settings: Settings, key: str) -> dict[str, Any]:
    if settings.llm_base_url and not (key or os.environ.get("OPENAI_API_KEY")):
        key = _NO_KEY
    client = bounded_client(settings.llm_base_url, silence=settings.llm_first_token, whole=settings.llm_timeout)
    own = {"stream_usage": True, "use_responses_api": False, "http_client": client, "http_socket_options": ()}
    return {**_common(settings, key), **own}


def _azure(settings: Settings, key: str) -> dict[str, Any]:
    """Azure's address is the resource's and its deployment the model; OPENAI_API_VERSION is its library's own."""
    taken = _openai(settings, key)
    if not key:  # the resource's own key or token, from its library's variables
        taken.pop("api_key", None)
    address = taken.pop("base_url", "")
    name = settings.llm.strip().partition(":")[2].strip()
    return {**taken, **_set(azure_endpoint=address, azure_deployment=name)}


def _anthropic(settings: Settings, key: str) -> dict[str, Any]:
    """Without a key Anthropic's library fails at the first call, as if the server could not be reached."""
    if not (key or os.environ.get("ANTHROPIC_API_KEY") or os.environ.get("ANTHROPIC_AUTH_TOKEN")):
        raise ValueError("it needs a key")
    return _common(settings, key)


def _ollama(settings: Settings, key: str) -> dict[str, Any]:
    headers = {"headers": {"Authorization": f"Bearer {key}"}} if key else {}
    return _set(
        temperature=_temperature(settings),
        num_predict=settings.llm_max_tokens,
        base_url=settings.llm_base_url,
        client_kwargs={"timeout": settings.llm_first_token, "trust_env": not at_home(settings.llm_base_url), **headers},
    )


def _bedrock(settings: Settings, key: str) -> dict[str, Any]:
    """Amazon's library has its retries and timeouts in an object of its own."""
    config = import_module("botocore.config").Config(
        connect_timeout=settings.llm_first_token,
        read_timeout=settings.llm_first_token,
        retries={"total_max_attempts": 1},
    )
    return _set(
        temperature=_temperature(settings),
        max_tokens=settings.llm_max_tokens,
        endpoint_url=settings.llm_base_url,
        api_key=key,
        config=config,
    )


_TAKEN: dict[str, Callable[[Settings, str], dict[str, Any]]] = {
    "openai": _openai,
    "azure_openai": _azure,
    "anthropic": _anthropic,
    "ollama": _ollama,
    "bedrock": _bedrock,
    "bedrock_converse": _bedrock,
}
