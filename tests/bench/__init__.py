"""Measurements, never tests: figures are ratios to reference pages of the same run."""
