"""Papers of a run: what stands on them, for the screen and for the PDF alike."""
