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
    llm: str = Field("", description="provider:model as LangChain's init_chat_model takes it; empty: none")
    llm_base_url: str = Field("", description="where the language model answers")
    llm_api_key: SecretStr = Field(SecretStr(""), description="its key")
    llm_timeout: float = Field(20.0, gt=0, description="seconds for a whole reply of the language model")

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
