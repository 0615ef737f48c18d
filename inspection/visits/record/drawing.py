"""A drawn signature: lines of points in a box 1000 wide and 400 high, as SVG. Pure."""

from __future__ import annotations

from collections.abc import Sequence

WIDTH, HEIGHT = 1000, 400
MOST_POINTS = 6000


def svg(strokes: Sequence[Sequence[object]] | object) -> str:
    """The drawing as SVG, empty when there is none or when what came is no drawing: each line is a flat list
    ``[x, y, x, y, …]`` of whole numbers inside the box."""
    paths: list[str] = []
    for line in strokes if isinstance(strokes, list) else []:
        numbers = [one for one in line if isinstance(one, int)] if isinstance(line, list) else []
        points = list(zip(numbers[::2], numbers[1::2], strict=False))
        inside = [(min(max(x, 0), WIDTH), min(max(y, 0), HEIGHT)) for x, y in points[:MOST_POINTS]]
        if inside:
            first, *rest = inside
            paths.append(f"M{first[0]} {first[1]}" + "".join(f"L{x} {y}" for x, y in rest or [first]))
    if not paths:
        return ""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}">'
        f'<path d="{"".join(paths)}" fill="none" stroke="#14306e" stroke-width="9" stroke-linecap="round"'
        ' stroke-linejoin="round"/></svg>'
    )
