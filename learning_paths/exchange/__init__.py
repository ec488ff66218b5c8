"""Lists of groups and members, in and out."""
