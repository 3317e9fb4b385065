"""Draw the practice cameras' clips, cam1.mp4 to cam6.mp4 and covered.mp4: python make_media.py resources/media

Each is a loop of 8 seconds, 640 × 360, 12 frames a second, H.264: a drawn room with plain moving figures, a
running frame clock and the word SIM; in covered.mp4 something hangs over the lens. Nobody and no real place is in
them.
"""

from __future__ import annotations

import math
import sys
from pathlib import Path

import av
from PIL import Image, ImageDraw, ImageFont

WIDTH, HEIGHT, RATE, SECONDS = 640, 360, 12, 8
FONT = Path(__file__).parents[1] / "resources/fonts/NotoSansSC-Bold.ttf"
WALL, FLOOR, LINE, BODY, OTHER = (
    (58, 70, 78),
    (86, 98, 105),
    (120, 134, 142),
    (206, 214, 219),
    (150, 178, 190),
)
SIM = (168, 0, 107)

# Place as written in the picture, furniture (boxes x0 y0 x1 y1), figures: the points each walks along.
Point = tuple[float, float]
Scene = tuple[str, list[tuple[int, int, int, int]], list[list[Point]]]
SCENES: list[Scene] = [
    ("登记区", [(90, 190, 330, 250)], [[(200, 150)], [(420, 230), (440, 240), (420, 235)]]),
    ("讯问室二", [(200, 200, 400, 260)], [[(300, 160)], [(250, 280), (262, 284), (250, 280)]]),
    (
        "候问室一",
        [(60, 200, 220, 260), (420, 200, 580, 260)],
        [[(140, 190)], [(330, 260), (500, 280), (330, 260)]],
    ),
    ("讯问室一", [(220, 210, 420, 270)], [[(320, 170)], [(270, 290)], [(380, 292)]]),
    (
        "走廊",
        [(60 + 66 * n, 90, 120 + 66 * n, 230) for n in range(8)],
        [[(120, 290), (500, 290), (120, 290)]],
    ),
    ("出区口", [(540, 110, 600, 260)], [[(80, 260), (520, 270), (520, 270), (80, 260)]]),
]


def main(folder: Path) -> None:
    """Write the clips into `folder`."""
    encode(folder / "covered.mp4", [draw_covered(frame) for frame in range(RATE * SECONDS)])
    for number, scene in enumerate(SCENES, 1):
        encode(folder / f"cam{number}.mp4", [draw(number, scene, frame) for frame in range(RATE * SECONDS)])


def draw(number: int, scene: Scene, frame: int) -> Image.Image:
    """One frame; the last leads back to the first."""
    place, furniture, figures = scene
    picture = Image.new("RGB", (WIDTH, HEIGHT), WALL)
    pen = ImageDraw.Draw(picture)
    pen.polygon([(0, HEIGHT), (90, 140), (550, 140), (WIDTH, HEIGHT)], fill=FLOOR)
    for x in range(90, 551, 46):
        pen.line([(x, 140), (WIDTH / 2 + (x - WIDTH / 2) * 1.75, HEIGHT)], fill=WALL)
    for box in furniture:
        pen.rectangle(box, fill=WALL, outline=LINE, width=2)
    for index, path in enumerate(figures):
        x, y = along(path, frame / (RATE * SECONDS))
        sway = 2 * math.sin(2 * math.pi * (frame / RATE + index / 3))
        figure(pen, x + sway, y, BODY if index == 0 else OTHER)
    overlay(pen, f"CAM {number}  {place}", frame)
    return picture


def draw_covered(frame: int) -> Image.Image:
    """One frame behind cloth: dark, without edges, a little light at one side that breathes."""
    light = 20 + 4 * math.sin(2 * math.pi * frame / (RATE * SECONDS))
    row = Image.new("L", (WIDTH, 1))
    row.putdata([round(10 + light * (x / WIDTH) ** 2) for x in range(WIDTH)])
    picture = Image.merge("RGB", [row.resize((WIDTH, HEIGHT))] * 3)
    overlay(ImageDraw.Draw(picture), "CAM", frame)
    return picture


def overlay(pen: ImageDraw.ImageDraw, words: str, frame: int) -> None:
    """What the camera itself writes into the picture."""
    small, large = ImageFont.truetype(str(FONT), 16), ImageFont.truetype(str(FONT), 20)
    pen.rectangle((0, 0, WIDTH, 30), fill=(8, 13, 17))
    pen.text((10, 3), words, font=small, fill=(233, 239, 243))
    clock = f"00:00:{frame // RATE:02d}.{frame % RATE:02d}"
    pen.text((WIDTH - 10, 3), clock, font=small, fill=(233, 239, 243), anchor="ra")
    pen.rectangle((10, HEIGHT - 40, 122, HEIGHT - 8), fill=SIM)
    pen.text((66, HEIGHT - 24), "演练 SIM", font=large, fill=(255, 255, 255), anchor="mm")


def along(path: list[Point], share: float) -> Point:
    """The point at `share` (0 to 1) of the way along `path`, every leg taking as long."""
    if len(path) == 1:
        return path[0]
    place = share * (len(path) - 1)
    leg = min(int(place), len(path) - 2)
    (x0, y0), (x1, y1) = path[leg], path[leg + 1]
    part = place - leg
    return x0 + (x1 - x0) * part, y0 + (y1 - y0) * part


def figure(pen: ImageDraw.ImageDraw, x: float, y: float, colour: tuple[int, int, int]) -> None:
    """A head and a body, feet at `x`, `y`; nearer the viewer is larger."""
    size = 0.5 + (y - 140) / 300
    pen.ellipse((x - 11 * size, y - 92 * size, x + 11 * size, y - 70 * size), fill=colour)
    pen.rounded_rectangle((x - 19 * size, y - 66 * size, x + 19 * size, y), 12 * size, fill=colour)


def encode(file: Path, frames: list[Image.Image]) -> None:
    """Write the frames as H.264: one keyframe a second, no B-frames, as a camera sends them."""
    with av.open(str(file), "w", options={"movflags": "+faststart", "fflags": "+bitexact"}) as out:
        stream = out.add_stream("libx264", rate=RATE, options={"crf": "26", "preset": "slow", "bf": "0"})
        stream.width, stream.height, stream.pix_fmt = WIDTH, HEIGHT, "yuv420p"
        stream.profile = "Main"
        stream.gop_size = RATE
        for frame in frames:
            out.mux(stream.encode(av.VideoFrame.from_image(frame)))
        out.mux(stream.encode())


if __name__ == "__main__":
    main(Path(sys.argv[1]))
