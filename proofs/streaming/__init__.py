"""Proofs about collective streaming."""
