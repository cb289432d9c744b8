"""Settings: read from the environment, checked, and said plainly when wrong."""

import pytest

from kavass import settings
from kavass.errors import SettingError


def test_environment_sets_and_command_line_wins(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KAVASS_PORT", "9000")
    assert settings.read().port == 9000
    assert settings.read(port=9001).port == 9001
    assert settings.read(port=None).port == 9000


def test_a_store_may_be_a_file_or_an_address() -> None:
    assert settings.read(store="a/b.db").store_url == "sqlite:///a/b.db"
    address = "postgresql+psycopg://desk@host/desk"
    assert settings.read(store=address).store_url == address


def test_every_fault_is_named_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KAVASS_PORT", "seventy")
    monkeypatch.setenv("KAVASS_WORKERS", "0")
    with pytest.raises(SettingError, match=r"(?s)port.*seventy.*workers.*0"):
        settings.read()


def test_an_empty_store_is_refused() -> None:
    with pytest.raises(SettingError, match="store"):
        settings.read(store=" ")


def test_the_table_names_every_setting() -> None:
    assert [name for name, _, what in settings.table() if not what] == []
    assert {name for name, *_ in settings.table()} == {f"KAVASS_{n.upper()}" for n in settings.Settings.model_fields}
