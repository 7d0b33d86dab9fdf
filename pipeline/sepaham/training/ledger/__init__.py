"""Fits the ledger's matcher on gold and measures its groups."""
