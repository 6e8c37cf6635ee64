"""One frozen ``Settings`` from the environment, made by surfaces, never at import."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from .errors import SettingsError


class Settings(BaseSettings):
    """Every setting, its default and its meaning; the environment name is ``ASSISTANT_`` + the name."""

    model_config = SettingsConfigDict(env_prefix="ASSISTANT_", frozen=True, extra="ignore", env_ignore_empty=True)

    corpus: Path = Field(Path("corpus"), description="folder of the source documents")
    index: Path = Field(Path("index"), description="folder that builds are published in")
    embedding_model: str = Field("", description="a sentence-transformers model (path or hub name); empty: embedded")
    reranker: str = Field("", description="a sentence-transformers cross-encoder (path or hub name); empty: none")
    today: dt.date | None = Field(None, description="the date 今年度 is reckoned from; empty: today")
    host: str = Field("127.0.0.1", description="address the server listens on")
    port: int = Field(8000, ge=0, le=65535, description="port the server listens on")
    workers: int = Field(2, ge=1, le=64, description="processes that answer; each holds an index of its own")
    chats: int = Field(64, ge=1, description="answers made at once in a process; more questions wait")
    waiting: int = Field(512, ge=0, description="questions that may wait in a process; more are told to come back")
    allowed_origins: str = Field("", description="sites that may embed the widget, such as https://a.example; or *")
    trusted_proxies: str = Field("127.0.0.1 ::1", description="addresses whose X-Forwarded-For is believed")
    rate_per_client: str = Field("60/minute", description="questions of one client address, each process; empty: none")
    rate_total: str = Field("3000/minute", description="questions of all clients, each process; empty: no limit")
    rate_exempt: str = Field("127.0.0.0/8 ::1", description="networks without a limit: by default this machine itself")
    log_format: str = Field("text", pattern="^(text|json)$", description="how the server's log lines look: text, json")
    swap_seconds: float = Field(2.0, ge=0, description="how often a new index is looked for; 0: never")
    database_url: SecretStr = Field(SecretStr(""), description="where conversations are kept; empty: SQLite in data")
    retention_days: int = Field(30, ge=0, description="days that conversations are kept; 0: for ever")
    public_url: str = Field("", description="where people open the pages; empty: the server's own address")
    slack_bot_token: SecretStr = Field(SecretStr(""), description="the Slack bot's token, xoxb-…")
    slack_app_token: SecretStr = Field(SecretStr(""), description="Slack's Socket Mode token, xapp-…; empty: no socket")
    slack_signing_secret: SecretStr = Field(
        SecretStr(""), description="what Slack signs with; empty: no requests taken"
    )
    slack_api_url: str = Field("https://slack.com/api/", description="where Slack's methods are called")
    slack_workspaces: str = Field("", description="ids (T…) of workspaces that may ask; empty: the bot's own")
    slack_handover_channel: str = Field(
        "", description="id (C…) of the channel that 人に相談 hands to; empty: no button"
    )
    mcp_hosts: str = Field("", description="Host headers that MCP over HTTP takes beside its own address")
    llm: str = Field("", description="provider:model as LangChain's init_chat_model takes it; empty: none")
    llm_base_url: str = Field("", description="where the language model answers")
    llm_api_key: SecretStr = Field(SecretStr(""), description="its key")
    llm_timeout: float = Field(20.0, gt=0, description="seconds for a whole reply of the language model")
    llm_first_token: float = Field(8.0, gt=0, description="seconds until its reply begins")
    llm_stall: float = Field(4.0, gt=0, description="seconds that its reply may pause")
    llm_max_tokens: int = Field(1200, gt=0, description="tokens of one reply, at most")
    llm_temperature: float = Field(0.0, ge=-1, le=2, description="0 is the steadiest; -1 sends none (some take none)")
    llm_at_once: int = Field(32, gt=0, description="calls at once; more questions are answered without a model")
    llm_tokens_per_conversation: int = Field(200_000, ge=0, description="tokens a conversation may use; 0: no limit")
    llm_tokens_per_day: int = Field(2_000_000, ge=0, description="tokens of a day, all together; 0: no limit")
    data: Path = Field(Path("data"), description="folder of what is kept between runs")

    def date(self) -> dt.date:
        """Today, or the day that a test or an operator set."""
        return self.today or dt.date.today()


def load_settings() -> Settings:
    """Settings from the environment; a value that cannot be read is one line that names it."""
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors()[0]
        name = "ASSISTANT_" + str(first["loc"][0]).upper()
        raise SettingsError(f"{name}: {first['msg']}.", hint=f"Set {name} to a value of the right form.") from error
