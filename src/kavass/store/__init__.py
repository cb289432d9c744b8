"""The record: reports, codings, judgements, decisions and posture, appended and never changed, read as of any time.

`open_store("sqlite:///desk.db")` for one machine, `open_store("postgresql+psycopg://user@host/desk")` for a team.
"""

from kavass.store.open import open_store
from kavass.store.record import Kept, KeptJudgement, Known, Store, moment

__all__ = ["Kept", "KeptJudgement", "Known", "Store", "moment", "open_store"]
