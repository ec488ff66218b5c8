"""Two people change places while that makes the seating better, the best change first."""

from enrollments.domain.tables.room import Room

MOST_ROUNDS = 40


def spread(room: Room) -> None:
    """Until nobody finds a change for the better. Every change lowers the cost, so that it
    ends; the limit is a second rope."""
    loose = [seat for seat, fixed in enumerate(room.is_fixed) if not fixed]
    common = {
        seat: [room.in_common(seat, other) * 2 for other in range(len(room.at))]
        for seat in loose
    }
    prices = {
        seat: [room.move_price(seat, table) for table in room.tables] for seat in loose
    }
    for _round in range(MOST_ROUNDS):
        changed = False
        for seat in loose:
            other = _best_change(room, seat, loose, prices, common)
            if other is not None:
                _change(room, seat, other, prices)
                changed = True
        if not changed:
            return


def _best_change(
    room: Room,
    seat: int,
    loose: list[int],
    prices: dict[int, list[int]],
    common: dict[int, list[int]],
) -> int | None:
    """Both pay for what they share although it stays where it is: that is taken off."""
    here, at, own, shared = room.at[seat], room.at, prices[seat], common[seat]
    best, found = 0, None
    for other in loose:
        there = at[other]
        if there == here:
            continue
        price = own[there] + prices[other][here] - shared[other]
        if price < best:
            best, found = price, other
    return found


def _change(room: Room, seat: int, other: int, prices: dict[int, list[int]]) -> None:
    here, there = room.at[seat], room.at[other]
    room.put(seat, there)
    room.put(other, here)
    for one, row in prices.items():
        if room.at[one] in (here, there):
            row[:] = [room.move_price(one, table) for table in room.tables]
        else:
            row[here], row[there] = room.move_price(one, here), room.move_price(one, there)
