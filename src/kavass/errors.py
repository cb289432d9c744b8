"""Every exception kavass raises on purpose.

KavassError
├── UsageError        the call is wrong: an unknown reader, a missing file, an impossible option (exit code 2)
├── SettingError      a setting, environment variable or configuration file is wrong (exit code 2)
├── DataError         a bundled or user data file (codebook, frames, posts, tripwires) has faults; lists them all
├── UnreadableReport  one report cannot be read; it is set aside with this reason and the run goes on
├── NotFound          the store holds nothing under that id
└── ConflictError     the request contradicts what is already recorded
"""

from collections.abc import Sequence


class KavassError(Exception):
    """Base of all: `except KavassError` catches whatever kavass raises on purpose."""


class UsageError(KavassError):
    """The call is wrong; the message names the value and the choices."""


class SettingError(KavassError):
    """A setting is wrong; the message names it, its value and where it was set."""


class DataError(KavassError):
    """A data file has faults. `faults` holds one sentence for each, all of them, not the first."""

    def __init__(self, file: str, faults: Sequence[str]):
        self.file, self.faults = file, tuple(faults)
        super().__init__(file, self.faults)

    def __str__(self) -> str:
        return "\n".join(f"{self.file}: {fault}" for fault in self.faults)


class UnreadableReport(KavassError):
    """One report cannot be read. `key` is the caller's id (or path), `reason` a sentence."""

    def __init__(self, key: str, reason: str):
        self.key, self.reason = key, reason
        super().__init__(key, reason)

    def __str__(self) -> str:
        return f"{self.key}: {self.reason}"


class NotFound(KavassError):
    """The store holds nothing of that kind under that id."""


class ConflictError(KavassError):
    """The request contradicts what is already recorded."""
