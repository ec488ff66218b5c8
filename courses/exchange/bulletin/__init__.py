"""広報原稿: courses as the city bulletin prints them, as plain text."""
