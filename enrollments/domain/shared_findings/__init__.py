"""まとめ: what both sides of a joint session found together."""
