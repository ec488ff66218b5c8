"""A path was finished on the first day on which what was completed until then was enough;
a pure function, as progress is."""

from collections.abc import Collection, Mapping
from datetime import date

from learning_paths.domain.progress import Done, Key, PathProgress, progress_of_path
from learning_paths.enums import MemberRole


def day_finished(
    progress: PathProgress,
    completed: Collection[Done],
    roles: Mapping[int, MemberRole] | None = None,
    *,
    kept: Mapping[Key, date] | None = None,
) -> date | None:
    """The first day on which the path was done with what was completed, and kept, until
    then; none while it is not done. `kept` are steps with the day since which they are."""
    since = kept or {}
    plans = [step.plan for step in progress.steps]
    for day in sorted({*(done.on for done in completed), *since.values()}):
        until = progress_of_path(
            plans,
            [done for done in completed if done.on <= day],
            roles,
            kept={key for key, on in since.items() if on <= day},
            needed_optional=progress.needed_optional,
        )
        if until.is_done:
            return day
    return None
