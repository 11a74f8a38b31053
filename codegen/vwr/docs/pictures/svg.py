# SPDX-License-Identifier: MIT
"""
SVG written by hand: shapes with a class, which site.css gives the theme's colours. A figure is one line of
HTML.
"""

from html import escape

WIDE = 6.1  # of a letter of 11 px


def text(x: float, y: float, words: str, anchor: str = "start", kind: str = "", size: int = 11) -> str:
    return (
        f'<text x="{x:g}" y="{y:g}" font-size="{size}" text-anchor="{anchor}"'
        f"{attribute(kind)}>{escape(words)}</text>"
    )


def attribute(kind: str) -> str:
    return f' class="{kind}"' if kind else ""


def box(x: float, y: float, width: float, height: float, kind: str = "box", bend: int = 0) -> str:
    corner = f' rx="{bend}"' if bend else ""
    return f'<rect x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}"{corner} class="{kind}"/>'


def line(*points: tuple[float, float], kind: str = "line") -> str:
    return f'<polyline points="{" ".join(f"{x:g},{y:g}" for x, y in points)}" class="{kind}"/>'


def head(x: float, y: float, dx: float, dy: float) -> str:
    """The head of an arrow that ends at (x, y) and points towards (dx, dy), one of which is 0."""
    side = 4
    corners = [
        (x, y),
        (x - 7 * dx - side * dy, y - 7 * dy - side * dx),
        (x - 7 * dx + side * dy, y - 7 * dy + side * dx),
    ]
    return f'<polygon points="{" ".join(f"{a:g},{b:g}" for a, b in corners)}" class="arrow"/>'


def wrapped(words: str, width: int) -> list[str]:
    """Lines of at most this number of letters."""
    found = [""]
    for word in words.split():
        if found[-1] and len(found[-1]) + 1 + len(word) > width:
            found.append("")
        found[-1] = f"{found[-1]} {word}".strip()
    return found


def fitting(words: str, width: float) -> str:
    """The text, cut to a width in pixels."""
    most = max(1, int(width / WIDE))
    return words if len(words) <= most else words[: max(0, most - 1)] + "…"


def figure(
    shapes: list[str], width: float, height: float, title: str, caption: str = "", fit: bool = False
) -> list[str]:
    """The picture as lines of Markdown. With `fit` it shrinks on a narrow screen; otherwise it scrolls."""
    below = f"<figcaption>{escape(caption)}</figcaption>" if caption else ""
    svg = (
        f'<svg role="img" aria-label="{escape(title)}" width="{width:g}" height="{height:g}"'
        f' viewBox="0 0 {width:g} {height:g}"{attribute("fit" if fit else "")}>'
    )
    return [
        "",
        f'<figure class="vwr">{svg}<title>{escape(title)}</title>{"".join(shapes)}</svg>{below}</figure>',
        "",
    ]
