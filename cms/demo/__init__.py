"""The demo city みどり野市: fictional, believable, and built anew by one command.

`content/` holds the words and facts; the modules beside it turn them into rows.
Whatever a calendar may have subscribed to (session UIDs, dates, revision numbers)
follows from the content and the month alone, so that building the city again, on
another day too, leaves every subscription true.
"""
