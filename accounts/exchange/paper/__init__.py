"""Paper: facts and a typst template become a PDF (ADR 28). Templates are in cms/paper."""
