"""Event lists of cities: read, understood, grouped and turned into a plan."""
