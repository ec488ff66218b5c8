"""講師への依頼: passed on by the city, agreed to by the instructor."""
