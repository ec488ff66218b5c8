"""学びたい: what people want to learn, and what becomes of it."""
