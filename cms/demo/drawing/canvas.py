"""A surface of 1200 × 675 on which shapes are drawn twice as large and then reduced,
so that their edges are smooth."""

from collections.abc import Iterable
from io import BytesIO
from math import cos, pi, sin

from PIL import Image, ImageDraw

WIDTH, HEIGHT = 1200, 675
SCALE = 2
Point = tuple[float, float]


class Canvas:
    def __init__(self, background: str) -> None:
        size = (WIDTH * SCALE, HEIGHT * SCALE)
        self.image = Image.new("RGB", size, background)
        self.pen = ImageDraw.Draw(self.image)

    def polygon(self, points: Iterable[Point], colour: str) -> None:
        self.pen.polygon([(x * SCALE, y * SCALE) for x, y in points], fill=colour)

    def circle(self, x: float, y: float, radius: float, colour: str) -> None:
        self.ellipse(x, y, radius, radius, colour)

    def ellipse(self, x: float, y: float, rx: float, ry: float, colour: str) -> None:
        box = ((x - rx) * SCALE, (y - ry) * SCALE, (x + rx) * SCALE, (y + ry) * SCALE)
        self.pen.ellipse(box, fill=colour)

    def ring(self, x: float, y: float, radius: float, width: float, colour: str) -> None:
        box = tuple(
            edge * SCALE for edge in (x - radius, y - radius, x + radius, y + radius)
        )
        self.pen.ellipse(box, outline=colour, width=round(width * SCALE))

    def box(
        self, x: float, y: float, wide: float, high: float, colour: str, round_: float = 0
    ) -> None:
        edges = (x * SCALE, y * SCALE, (x + wide) * SCALE, (y + high) * SCALE)
        self.pen.rounded_rectangle(edges, radius=round_ * SCALE, fill=colour)

    def line(self, points: Iterable[Point], width: float, colour: str) -> None:
        """A line with round ends and joints."""
        path = [(x * SCALE, y * SCALE) for x, y in points]
        self.pen.line(path, fill=colour, width=round(width * SCALE), joint="curve")
        for x, y in (path[0], path[-1]):
            self.circle(x / SCALE, y / SCALE, width / 2, colour)

    def below(self, ridge: Iterable[Point], colour: str) -> None:
        """Everything under a ridge that runs from left to right."""
        points = list(ridge)
        self.polygon([*points, (points[-1][0], HEIGHT), (points[0][0], HEIGHT)], colour)

    def leaf(
        self,
        x: float,
        y: float,
        length: float,
        angle: float,
        colour: str,
        fat: float = 0.32,
    ) -> None:
        """A pointed leaf growing from (x, y); the angle is in degrees, 0 to the right."""
        turn = angle * pi / 180
        edge = [
            (t * length, side * sin(t * pi) ** 0.85 * length * fat)
            for side, steps in ((1, range(25)), (-1, range(24, -1, -1)))
            for t in (step / 24 for step in steps)
        ]
        self.polygon([rotate(point, turn, (x, y)) for point in edge], colour)

    def webp(self) -> BytesIO:
        reduced = self.image.resize((WIDTH, HEIGHT), Image.Resampling.BOX)
        file = BytesIO()
        reduced.save(file, "WEBP", quality=82, method=3)
        file.seek(0)
        return file


def rotate(point: Point, turn: float, around: Point) -> Point:
    x, y = point
    return (
        around[0] + x * cos(turn) - y * sin(turn),
        around[1] + x * sin(turn) + y * cos(turn),
    )


def wave(
    level: float, height: float, length: float, shift: float = 0, left: float = 0
) -> list[Point]:
    """A ridge in the form of a sine, across the picture."""
    return [
        (x, level - height * sin((x + shift) / length * 2 * pi))
        for x in range(round(left), WIDTH + 1, 8)
    ]


def curve(start: Point, bend: Point, other: Point, end: Point) -> list[Point]:
    """A cubic Bézier curve."""
    found: list[Point] = []
    for step in range(41):
        t = step / 40
        a, b, c, d = (1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3
        found.append(
            (
                a * start[0] + b * bend[0] + c * other[0] + d * end[0],
                a * start[1] + b * bend[1] + c * other[1] + d * end[1],
            )
        )
    return found
