"""Which accounts tell of one incident: `compare` scores pairs, `cluster` joins them, `origin` tells copies from sources.

`bearings` says how the claims about an incident bear on each other, `opposed` whether two short tellings contradict each other.
"""

from kavass.merge.bearing import Bearing, bearings, stands, superseded
from kavass.merge.cluster import Merged, Pair, cluster, incident_id, ref_name
from kavass.merge.compare import Score, Telling, candidates, compare, footing, tellings
from kavass.merge.opposed import Stand, opposed
from kavass.merge.origin import copies, fingerprint, passages_of

__all__ = [
    "Bearing",
    "Merged",
    "Pair",
    "Score",
    "Stand",
    "Telling",
    "bearings",
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
    "stands",
    "superseded",
    "tellings",
]
