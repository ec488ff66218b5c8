"""Cover pictures, drawn by code: calm, flat, one family of colours each."""
