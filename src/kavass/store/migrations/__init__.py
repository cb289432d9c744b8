"""The steps from one schema to the next, run on opening a store."""
