"""Paper: facts and a typst template become a PDF (ADR 26). Templates are in cms/paper."""
