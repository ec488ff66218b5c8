"""研修の記録: what the city's staff attended and completed, for personnel."""
