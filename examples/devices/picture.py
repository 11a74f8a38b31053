# SPDX-License-Identifier: MIT
"""The picture that the guest has to show, computed anew: rows of (red, green, blue)."""

import re
import struct
import zlib
from pathlib import Path

WIDTH, HEIGHT = 640, 400
HORIZON = 280
SKY, DUSK, SUN, WHITE = (0x12, 0x1C, 0x4A), (0xFF, 0xA0, 0x60), (0xFF, 0xF0, 0xC0), (0xFF, 0xFF, 0xFF)
SHADOW, MARK = (0x0A, 0x0F, 0x2A), (0xFF, 0x40, 0x60)
SUN_AT, SUN_RADIUS = (456, 236), 52
HILLS = [
    (270, 26, 110, 30, (0x5A, 0x3A, 0x6E)),
    (310, 22, 80, 60, (0x3A, 0x28, 0x58)),
    (350, 18, 140, 10, (0x1C, 0x16, 0x38)),
]
COLUMNS = 49  # of what is typed


def letters():
    """{character: seven rows of five booleans}, from font.h."""
    text = (Path(__file__).parent / "font.h").read_text("utf-8")
    found = {}
    for letter, numbers in re.findall(r"\{'(.)', \{(.*?)\}\}", text):
        found[letter] = [
            [bool(int(number, 16) & 16 >> column) for column in range(5)] for number in numbers.split(", ")
        ]
    return found


def mix(low, high, part, whole):
    """`low` where part is 0, `high` where it is the whole."""
    return tuple((a * (whole - part) + b * part) // whole for a, b in zip(low, high))


def sky_row(y):
    color = mix(SKY, DUSK, min(y, HORIZON - 1), HORIZON - 1)
    row = [color] * WIDTH
    for x in range(max(0, SUN_AT[0] - 2 * SUN_RADIUS), min(WIDTH, SUN_AT[0] + 2 * SUN_RADIUS)):
        square = (x - SUN_AT[0]) ** 2 + (y - SUN_AT[1]) ** 2
        glow = 4 * SUN_RADIUS**2
        if square <= SUN_RADIUS**2:
            row[x] = SUN
        elif square < glow:
            row[x] = mix(color, SUN, glow - square, 2 * glow)
    return row


def stars():
    """(x, y, color) of each."""
    state = 2026
    for _ in range(70):
        state = (state * 1103515245 + 12345) & 0xFFFFFFFF
        x = (state >> 16) % WIDTH
        state = (state * 1103515245 + 12345) & 0xFFFFFFFF
        yield x, (state >> 16) % 130, mix(SKY, WHITE, 128 + (state >> 8) % 128, 255)


def hill_top(hill, x):
    base, amplitude, half, phase, _ = hill
    at = (x + phase) % (2 * half)
    height = 4 * amplitude * (at % half) * (half - at % half) // half**2
    return base - height if at < half else base + height


class Picture:
    """What should be on the screen."""

    def __init__(self, words):
        self.rows = [sky_row(y) for y in range(HEIGHT)]
        self.font = letters()
        self.columns = 0
        for x, y, color in stars():
            self.rows[y][x] = color
        for hill in HILLS:
            for x in range(WIDTH):
                for y in range(hill_top(hill, x), HEIGHT):
                    self.rows[y][x] = hill[-1]
        self.words(56, 8, SHADOW, 4, "VIRTWRIGHT")
        self.words(56, 8, WHITE, 0, "VIRTWRIGHT")
        self.words(132, 2, WHITE, 0, words)

    def letter(self, x, y, scale, color, character):
        for row, bits in enumerate(self.font.get(character, [])):
            for column in (number for number, bit in enumerate(bits) if bit):
                for line in self.rows[y + row * scale : y + (row + 1) * scale]:
                    line[x + column * scale : x + (column + 1) * scale] = [color] * scale

    def words(self, y, scale, color, shift, text):
        """In the middle of a line."""
        start = (WIDTH - len(text) * 6 * scale) // 2
        for number, character in enumerate(text):
            self.letter(start + number * 6 * scale + shift, y + shift, scale, color, character)

    def type(self, text):
        """What keys add to the last line."""
        for character in text[: COLUMNS - self.columns]:
            self.letter(24 + self.columns * 12, 376, 2, WHITE, character)
            self.columns += 1

    def mark(self, x, y):
        """Where a button was pressed."""
        for row in range(max(0, y - 6), min(HEIGHT, y + 7)):
            for column in range(max(0, x - 6), min(WIDTH, x + 7)):
                if abs(row - y) + abs(column - x) <= 6:
                    self.rows[row][column] = MARK

    def bytes(self):
        """As a PPM."""
        return b"P6\n%d %d\n255\n" % (WIDTH, HEIGHT) + b"".join(
            bytes(pixel) for row in self.rows for pixel in row
        )

    def png(self):
        """The same as a PNG, with rows that have no filter."""
        rows = b"".join(b"\0" + bytes(sum(row, ())) for row in self.rows)
        head = struct.pack(">IIBBBBB", WIDTH, HEIGHT, 8, 2, 0, 0, 0)
        return b"\x89PNG\r\n\x1a\n" + b"".join(
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
            for kind, data in ((b"IHDR", head), (b"IDAT", zlib.compress(rows, 9)), (b"IEND", b""))
        )
