"""How good it is: figures on sets that ship with the project, held to floors."""


def f1(precision: float, recall: float) -> float:
    """Their harmonic mean, 0 where both are."""
    return 2 * precision * recall / max(precision + recall, 1e-9)
