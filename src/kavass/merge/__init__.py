"""Which accounts tell of one incident: `compare` scores pairs, `cluster` joins them, `origin` tells copies from sources.

`opposed` says whether two short tellings contradict each other.
"""

from kavass.merge.cluster import Merged, Pair, cluster, incident_id, ref_name
from kavass.merge.compare import Score, Telling, candidates, compare, footing, tellings
from kavass.merge.opposed import Stand, opposed
from kavass.merge.origin import copies, fingerprint, passages_of

__all__ = [
    "Merged",
    "Pair",
    "Score",
    "Stand",
    "Telling",
    "candidates",
    "cluster",
    "compare",
    "copies",
    "fingerprint",
    "footing",
    "incident_id",
    "opposed",
    "passages_of",
    "ref_name",
    "tellings",
]
