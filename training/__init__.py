"""Scripts that train the weights kavass ships; each says from what, and its card stands beside the weights."""
