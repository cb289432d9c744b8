"""Names resolve on first use; a wrong one names the choices."""

import pytest

from kavass import registry
from kavass.errors import UsageError


@pytest.mark.parametrize("group", sorted(registry.BUILTIN))
def test_every_built_in_name_resolves(group: str) -> None:
    for name in registry.names(group):
        assert registry.resolve(group, name) is not None


def test_a_wrong_name_says_what_there_is() -> None:
    with pytest.raises(UsageError, match=r"no language 'fr'; choose from en, ar"):
        registry.resolve("languages", "fr")
