"""Every answer speaks, more or less strongly, for some stages; the stage for which most
speaks is suggested, with the answers that did, and those that come close are named too."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

# A stage for which nearly as much speaks is as good a description.
CLOSE = 0.8


@dataclass(frozen=True)
class Spoken:
    """One answer given: keys, and how strongly it speaks for which stage."""

    question: int
    answer: int
    weights: Mapping[int, int]


@dataclass(frozen=True)
class Standing:
    """How much speaks for a stage, and which answers do, the strongest first."""

    stage: int
    points: int
    answers: tuple[int, ...]


@dataclass(frozen=True)
class Suggestion:
    """`ranked` holds the stages for which anything speaks, the best first; `close` are
    those that come near the first."""

    ranked: tuple[Standing, ...]

    @property
    def stage(self) -> int | None:
        return self.ranked[0].stage if self.ranked else None

    @property
    def close(self) -> tuple[Standing, ...]:
        if not self.ranked:
            return ()
        enough = self.ranked[0].points * CLOSE
        return tuple(one for one in self.ranked[1:] if one.points >= enough)


def suggest(spoken: Iterable[Spoken], order: Sequence[int]) -> Suggestion:
    """`order` are the stages as the city orders them: of two for which as much speaks the
    earlier comes first. In which order questions were answered makes no difference."""
    given = sorted(spoken, key=lambda one: (one.question, one.answer))
    speaking: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for one in given:
        for stage, weight in one.weights.items():
            if weight > 0 and stage in order:
                speaking[stage].append((weight, one.answer))
    standings = [
        Standing(
            stage=stage,
            points=sum(weight for weight, _answer in own),
            answers=tuple(
                answer for _weight, answer in sorted(own, key=lambda found: -found[0])
            ),
        )
        for stage, own in speaking.items()
    ]
    standings.sort(key=lambda one: (-one.points, order.index(one.stage)))
    return Suggestion(tuple(standings))
