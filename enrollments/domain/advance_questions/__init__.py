"""事前の質問: what participants want to be talked about, collected before the day."""
