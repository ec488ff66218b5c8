"""Pictures of things that people use together."""

from math import cos, pi, sin

from cms.demo.drawing.canvas import HEIGHT, WIDTH, Canvas, curve, wave


def table() -> Canvas:
    """A round table from above, with people around it."""
    canvas = Canvas("#f4ece3")
    seats = ("#c8664f", "#e0a24b", "#5f8f6b", "#3e7391", "#8d6394", "#c98a8a")
    for number, colour in enumerate(seats * 2):
        turn = number * pi / 6
        canvas.circle(600 + 390 * cos(turn), 338 + 210 * sin(turn), 40, colour)
    canvas.ellipse(600, 338, 310, 146, "#d8b992")
    canvas.ellipse(600, 338, 288, 128, "#e8d0ad")
    for number in range(6):
        turn = number * pi / 3 + 0.3
        x, y = 600 + 196 * cos(turn), 338 + 84 * sin(turn)
        canvas.box(x - 30, y - 18, 60, 36, "#fffaf0", 3)
    canvas.ellipse(600, 338, 54, 30, "#5f8f6b")
    canvas.ellipse(600, 334, 32, 16, "#8cb794")
    return canvas


def books() -> Canvas:
    canvas = Canvas("#f1eef6")
    colours = ("#5b4b8a", "#8a78b8", "#c5b8e0", "#d98f6c", "#3f6f8f", "#e7c27d")
    x = 90.0
    for number in range(17):
        wide = (46, 62, 38, 54, 70)[number % 5]
        high = (330, 290, 372, 310, 350, 270)[number % 6]
        canvas.box(x, 560 - high, wide, high, colours[number % 6], 4)
        canvas.box(x, 600 - high, wide, 12, "#f8f5ff")
        x += wide + 6
    canvas.box(0, 560, WIDTH, 22, "#7d6650")
    canvas.box(0, 582, WIDTH, HEIGHT - 582, "#e3dcef")
    return canvas


def coins() -> Canvas:
    canvas = Canvas("#f8f3e4")
    canvas.below(wave(585, 6, 1400), "#e6dcbf")
    for number, count in enumerate((2, 4, 3, 6, 8)):
        x = 220 + number * 190
        for level in range(count):
            y = 570 - level * 44
            canvas.ellipse(x, y, 76, 26, "#b98a2e")
            canvas.box(x - 76, y - 22, 152, 22, "#b98a2e")
            canvas.ellipse(x, y - 22, 76, 26, "#e9c463")
            canvas.ellipse(x, y - 22, 52, 16, "#d9ad48")
    top = 570 - 7 * 44 - 30
    canvas.line([(980, top), (980, top - 70)], 8, "#4d8a45")
    canvas.leaf(980, top - 64, 84, -35, "#6fae5a")
    canvas.leaf(980, top - 64, 84, -145, "#8cc473")
    return canvas


def blocks() -> Canvas:
    canvas = Canvas("#eef4f5")
    colours = ("#e07a5f", "#f2cc8f", "#81b29a", "#3d6f8e", "#f4f1de", "#d9a5b3")
    for column in range(9):
        for row in range((1, 3, 2, 4, 3, 2, 1, 3, 2)[column]):
            x, y = 84 + column * 116, 460 - row * 106
            colour = colours[(column * 2 + row * 5) % 6]
            canvas.box(x, y, 104, 98, colour, 12)
            _mark(canvas, x + 52, y + 49, (column + row) % 3)
    canvas.box(0, 562, WIDTH, 114, "#cddde0")
    return canvas


def _mark(canvas: Canvas, x: float, y: float, kind: int) -> None:
    if kind == 0:
        canvas.circle(x, y, 26, "#ffffff")
    elif kind == 1:
        canvas.polygon([(x - 28, y + 22), (x + 28, y + 22), (x, y - 28)], "#ffffff")
    else:
        canvas.box(x - 24, y - 24, 48, 48, "#ffffff", 6)


def cards() -> Canvas:
    """Notes on a wall, joined by lines."""
    canvas = Canvas("#f3f1ea")
    colours = ("#f4d58d", "#f2b8a0", "#a9cfc0", "#a8c4dd", "#e3c6dc")
    places = [
        (80 + column * 222, 150 + row * 190 + (column % 2) * 46)
        for column in range(5)
        for row in range(2)
    ]
    for before, after in zip(places, places[2:], strict=False):
        ends = [(x + 75, y + 62) for x, y in (before, after)]
        canvas.line(ends, 4, "#b9b4a4")
    for number, (x, y) in enumerate(places):
        canvas.box(x + 5, y + 7, 150, 124, "#ddd8c9", 4)
        canvas.box(x, y, 150, 124, colours[(number * 3) % 5], 4)
        for row in range(3):
            canvas.box(
                x + 22,
                y + 32 + row * 26,
                (106, 84, 62)[(row + number) % 3],
                9,
                "#6d6a60",
                4,
            )
    return canvas


def bridge() -> Canvas:
    canvas = Canvas("#e9f0f4")
    canvas.circle(300, 150, 58, "#f6dca8")
    canvas.below(wave(400, 46, 1300, 330), "#cfdfe4")
    canvas.below(wave(560, 10, 380, 40), "#7fb3c4")
    canvas.below(wave(610, 10, 460, 180), "#5b98ad")
    arch = curve((120, 470), (420, 210), (780, 210), (1080, 470))
    canvas.line(arch, 16, "#b4533f")
    for x, y in arch[4:-3:4]:
        canvas.line([(x, y), (x, 470)], 6, "#c8705a")
    canvas.box(0, 462, WIDTH, 26, "#8e3f31")
    for x in (150, 1050):
        canvas.box(x - 22, 480, 44, 150, "#7a5a4a")
    for number, x in enumerate((330, 392, 560, 690, 752, 880)):
        _walker(canvas, x, 462, ("#33557a", "#e0a24b", "#4f8a6a")[number % 3])
    return canvas


def _walker(canvas: Canvas, x: float, ground: float, colour: str) -> None:
    canvas.box(x - 14, ground - 54, 28, 54, colour, 13)
    canvas.circle(x, ground - 68, 13, "#f0d5bd")


def bubbles() -> Canvas:
    canvas = Canvas("#eef2fa")
    for x, y, wide, high, colour, tail in (
        (110, 110, 420, 170, "#3e63a8", 220),
        (620, 100, 380, 150, "#8fabdc", 880),
        (420, 330, 460, 190, "#f0b65a", 560),
        (930, 320, 190, 130, "#5d8fc4", 1030),
        (120, 370, 230, 130, "#b9cbe9", 200),
    ):
        canvas.box(x, y, wide, high, colour, 46)
        low = y + high
        canvas.polygon(
            [(tail, low - 6), (tail + 62, low - 6), (tail + 8, low + 52)], colour
        )
        for row in range(int(high // 62)):
            long = wide * (0.66, 0.5, 0.58)[row % 3]
            canvas.box(x + 44, y + 40 + row * 46, long, 15, "#ffffff", 7)
    return canvas


def circles() -> Canvas:
    """Overlapping rings: many, and touching."""
    canvas = Canvas("#f8eff0")
    shades = ("#e7b7b4", "#d98f8c", "#b96b7c", "#8a5478", "#e9c9a0")
    for number in range(15):
        column, row = number % 5, number // 5
        x, y = 130 + column * 230 + (row % 2) * 90, 120 + row * 215
        radius = 86 + (number * 37) % 42
        canvas.ring(x, y, radius, 26, shades[number % 5])
        canvas.circle(x, y, 30 + (number * 13) % 18, shades[(number + 2) % 5])
    return canvas


def globe() -> Canvas:
    canvas = Canvas("#eaf4f1")
    for number in range(16):
        turn = number * pi / 8
        colour = ("#e0a24b", "#c8664f", "#3e7391", "#6c9d78")[number % 4]
        canvas.circle(600 + 400 * cos(turn), 338 + 226 * sin(turn), 20, colour)
    canvas.circle(600, 338, 186, "#7fb7b0")
    canvas.circle(600, 338, 176, "#a9d3cd")
    for rx in (174, 108, 38):
        points = [
            (600 + rx * cos(step * pi / 40), 338 + 174 * sin(step * pi / 40))
            for step in range(81)
        ]
        canvas.line(points, 5, "#5b9c95")
    for y, half in ((338, 175), (256, 154), (420, 154)):
        canvas.line([(600 - half, y), (600 + half, y)], 5, "#5b9c95")
    return canvas


def lanterns() -> Canvas:
    canvas = Canvas("#2f3557")
    canvas.circle(600, 396, 46, "#f4e4b8")
    rope = curve((0, 120), (400, 230), (800, 230), (1200, 120))
    canvas.line(rope, 5, "#8b8fb0")
    for number, (x, y) in enumerate(rope[3::5]):
        colour = ("#e5734f", "#f0b45c", "#f4dca0")[number % 3]
        canvas.ellipse(x, y + 74, 46, 60, colour)
        canvas.box(x - 20, y + 8, 40, 12, "#59304a", 4)
        canvas.box(x - 20, y + 128, 40, 12, "#59304a", 4)
    canvas.below(wave(500, 22, 900, 100), "#232846")
    for number in range(22):
        x, y = 40 + number * 54, 505 + (number * 29) % 34
        canvas.circle(x, y, 22, "#171b33")
        canvas.box(x - 24, y + 18, 48, 200, "#171b33", 22)
    return canvas


def screens() -> Canvas:
    canvas = Canvas("#edf1f4")
    canvas.box(250, 110, 700, 410, "#33475b", 26)
    canvas.box(276, 136, 648, 358, "#f8fbfd", 8)
    canvas.polygon([(200, 534), (1000, 534), (1040, 566), (160, 566)], "#5a7085")
    for number, high in enumerate((90, 150, 120, 210, 180, 250)):
        colour = ("#6aa5c9", "#2f78a8")[number % 2]
        canvas.box(330 + number * 62, 470 - high, 42, high, colour, 5)
    for row in range(4):
        canvas.box(740, 190 + row * 42, (140, 110, 150, 90)[row], 16, "#c3d2de", 8)
    canvas.circle(800, 418, 56, "#e9a24a")
    canvas.circle(800, 418, 28, "#f8fbfd")
    return canvas
