"""Lists about those who take part, in and out."""
