"""Names every fault of the files given."""

import sys
from pathlib import Path

from evals.sets import read
from kavass.errors import DataError

for name in sys.argv[1:]:
    try:
        print(f"{name}: {len(read(Path(name)))} reports, no fault")
    except DataError as fault:
        sys.exit(str(fault))
