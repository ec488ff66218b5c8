"""Pictures of land, water and what grows."""

from cms.demo.drawing.canvas import WIDTH, Canvas, curve, wave

Points = list[tuple[float, float]]


def hills() -> Canvas:
    canvas = Canvas("#eaf1f8")
    canvas.circle(905, 190, 78, "#f7d9a6")
    canvas.below(wave(360, 62, 1120, 250), "#c3d7e8")
    canvas.below(wave(430, 70, 900, 620), "#8fb2cf")
    canvas.below(wave(520, 54, 1240, 130), "#4f7ea6")
    canvas.below(wave(610, 34, 800, 420), "#2c5478")
    for x, y in ((250, 486), (300, 496), (930, 512), (985, 530)):
        _pine(canvas, x, y, 74)
    return canvas


def _pine(canvas: Canvas, x: float, y: float, high: float) -> None:
    canvas.box(x - 4, y, 8, high * 0.3, "#1f3d58")
    canvas.polygon([(x - 30, y + 4), (x + 30, y + 4), (x, y - high)], "#1f3d58")


def water() -> Canvas:
    canvas = Canvas("#e6f4f6")
    shades = ("#cde8ec", "#a9d6dd", "#7bbfca", "#48a0af", "#237d8d")
    for step, shade in enumerate(shades):
        canvas.below(wave(250 + step * 88, 24, 520 - step * 26, step * 190), shade)
    for x, y, size in ((320, 470, 1.0), (700, 555, 1.3), (930, 420, 0.8)):
        _fish(canvas, x, y, size)
    canvas.circle(230, 130, 62, "#fbe3b2")
    return canvas


def _fish(canvas: Canvas, x: float, y: float, size: float) -> None:
    canvas.ellipse(x, y, 52 * size, 21 * size, "#f4fbfc")
    tail: Points = [
        (x + 44 * size, y),
        (x + 82 * size, y - 22 * size),
        (x + 82 * size, y + 22 * size),
    ]
    canvas.polygon(tail, "#f4fbfc")
    canvas.circle(x - 28 * size, y - 5 * size, 4.5 * size, "#237d8d")


def leaves() -> Canvas:
    canvas = Canvas("#eff5e9")
    shades = ("#bcd7a5", "#8dbb74", "#5c9a50", "#35743b")
    for column in range(9):
        for row in range(6):
            x = 40 + column * 145 + (row % 2) * 72
            y = 30 + row * 125
            place = column * 2 + row * 3
            angle = (-52, -128, -38, -142)[place % 4]
            canvas.leaf(x, y + 60, 104, angle, shades[place % len(shades)])
    canvas.leaf(620, 340, 104, -38, "#e9a24a")
    return canvas


def sprouts() -> Canvas:
    canvas = Canvas("#fbf5e6")
    canvas.circle(600, 250, 150, "#fae3ae")
    canvas.below(wave(520, 14, 1300, 200), "#a8805a")
    canvas.below(wave(560, 12, 900, 500), "#86623f")
    heights = (90, 150, 215, 290, 225, 130, 180)
    for number, high in enumerate(heights):
        x = 150 + number * 150
        canvas.line([(x, 540), (x, 540 - high)], 9, "#4d8a45")
        canvas.leaf(x, 545 - high, 96, -35, "#6fae5a")
        canvas.leaf(x, 545 - high, 96, -145, "#8cc473")
        if high > 200:
            canvas.leaf(x, 600 - high, 70, -25, "#4d8a45")
            canvas.leaf(x, 630 - high, 70, -155, "#6fae5a")
    return canvas


def paths() -> Canvas:
    canvas = Canvas("#eef3ea")
    canvas.below(wave(230, 34, 1400, 300), "#d8e6cd")
    canvas.below(wave(370, 44, 1100, 40), "#bcd5ac")
    canvas.below(wave(530, 40, 1300, 700), "#94ba83")
    road = [
        *curve((120, 690), (420, 560), (840, 560), (760, 430)),
        *curve((760, 430), (690, 330), (330, 380), (400, 260)),
        *curve((400, 260), (450, 190), (640, 220), (700, 150)),
    ]
    canvas.line(road, 46, "#fdfaf2")
    canvas.line(road, 5, "#d9c9a0")
    for x, y, colour in (
        (470, 586, "#c2574b"),
        (742, 408, "#e0a33e"),
        (700, 150, "#33699b"),
    ):
        canvas.circle(x, y - 40, 30, colour)
        canvas.polygon([(x - 25, y - 26), (x + 25, y - 26), (x, y + 12)], colour)
        canvas.circle(x, y - 40, 12, "#ffffff")
    return canvas


def houses() -> Canvas:
    canvas = Canvas("#f6efe8")
    canvas.circle(1010, 130, 60, "#f6d79d")
    walls = ("#e8c7b0", "#d99f86", "#f3dcc6", "#c98270", "#eccfb4", "#dba58a")
    roofs = ("#8e4b43", "#6d3a3a", "#a65e4e", "#7c4440", "#95524a", "#6d3a3a")
    for number in range(6):
        x, high = 40 + number * 192, (190, 270, 160, 300, 220, 180)[number]
        _house(canvas, x, 560 - high, 170, high, walls[number], roofs[number])
    canvas.box(0, 556, WIDTH, 120, "#b9c4a6")
    canvas.box(0, 612, WIDTH, 64, "#9aa88a")
    return canvas


def _house(
    canvas: Canvas, x: float, y: float, wide: float, high: float, wall: str, roof: str
) -> None:
    canvas.box(x, y, wide, high, wall)
    peak: Points = [(x - 14, y + 4), (x + wide + 14, y + 4), (x + wide / 2, y - 78)]
    canvas.polygon(peak, roof)
    for row in range(int(high // 90)):
        for column in (0, 1):
            canvas.box(x + 26 + column * 74, y + 32 + row * 84, 44, 46, "#fff6dc", 4)
