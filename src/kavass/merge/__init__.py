"""Which accounts tell of one incident: `compare` scores a pair, `cluster` joins by judgement, `origin` tells copies from sources."""

from kavass.merge.cluster import Merged, cluster, incident_id, ref_name
from kavass.merge.compare import Score, Telling, candidates, compare, tellings
from kavass.merge.origin import copies, fingerprint, passages_of

__all__ = [
    "Merged",
    "Score",
    "Telling",
    "candidates",
    "cluster",
    "compare",
    "copies",
    "fingerprint",
    "incident_id",
    "passages_of",
    "ref_name",
    "tellings",
]
