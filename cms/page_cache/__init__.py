"""Whole pages kept for visitors who are not signed in, and never wrong (ADR 11)."""
