"""One table: every setting with its default and what it does -> Settings, read once.

Settings come from the environment as `KAVASS_<NAME>`, then from a `.env` file in the working directory, then from the defaults.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated, Any

from pydantic import Field, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from kavass.errors import SettingError


class Settings(BaseSettings):
    """What a run of kavass can be told. Quantities carry their unit in the name."""

    model_config = SettingsConfigDict(env_prefix="KAVASS_", env_file=".env", extra="ignore", frozen=True)

    store: Annotated[str, Field(description="where the desk keeps its record: a file, or a SQLAlchemy address")] = (
        "kavass.db"
    )
    host: Annotated[str, Field(description="the address the desk listens on")] = "127.0.0.1"
    hosts: Annotated[str, Field(description="further host names the desk answers to, commas between; `*` is any")] = ""
    port: Annotated[int, Field(ge=0, le=65535, description="the port the desk listens on; 0 takes a free one")] = 8118
    language: Annotated[
        str, Field(pattern="^(en|ar)$", description="the language of the screens until one is chosen")
    ] = "en"
    workers: Annotated[int, Field(ge=1, le=256, description="processes that code reports side by side")] = 1
    max_report_mb: Annotated[float, Field(gt=0, description="a report larger than this is set aside")] = 20.0
    merge_window_days: Annotated[
        float, Field(gt=0, description="accounts further apart than this are never compared")
    ] = 10.0
    posts: Annotated[Path | None, Field(description="a CSV or GeoJSON file of your posts, loaded at start")] = None
    tripwires: Annotated[Path | None, Field(description="a TOML file of your tripwires, loaded at start")] = None

    @field_validator("store")
    @classmethod
    def _address(cls, value: str) -> str:
        if not value.strip():
            raise ValueError("is empty; name a file or an address such as postgresql+psycopg://user@host/desk")
        return value

    @property
    def allowed_hosts(self) -> list[str]:
        """The names a request may call the desk by: a page elsewhere that rebinds its name to loopback is refused."""
        further = [name.strip() for name in self.hosts.split(",") if name.strip()]
        return ["localhost", "127.0.0.1", "[::1]", self.host, *further]

    @property
    def store_url(self) -> str:
        """The store as a SQLAlchemy address.

        >>> Settings(store="desk.db").store_url
        'sqlite:///desk.db'
        """
        return self.store if re.match(r"^[a-z]+(\+[a-z0-9]+)?://", self.store) else f"sqlite:///{self.store}"


def read(**given: Any) -> Settings:
    """The settings with those given on the command line on top. Raises SettingError naming every fault."""
    try:
        return Settings(**{name: value for name, value in given.items() if value is not None})
    except ValidationError as fault:
        said = [f"{'.'.join(map(str, e['loc'])) or 'settings'}: {e['input']!r} {e['msg']}" for e in fault.errors()]
        raise SettingError("\n".join(f"Setting {line}. See `kavass settings`." for line in said)) from None


def table() -> list[tuple[str, str, str]]:
    """(environment name, default, what it does) of every setting."""
    return [
        (f"KAVASS_{name.upper()}", str(f.default), f.description or "") for name, f in Settings.model_fields.items()
    ]
