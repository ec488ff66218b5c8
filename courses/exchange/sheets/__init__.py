"""Lists as files for a spreadsheet: CSV and XLSX, safe to open, nothing lost silently."""
