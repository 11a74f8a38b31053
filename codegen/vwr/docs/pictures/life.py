# SPDX-License-Identifier: MIT
"""The life of a descriptor chain on a split ring: each step with its actor and its call."""

from vwr.docs.pictures.svg import box, figure, head, line, text

DRIVER, DEVICE = "driver", "device"
# (actor, step, call)
STEPS = (
    (DRIVER, "translates its buffers to device addresses", "vwr_port_dma"),
    (DRIVER, "fills descriptors and the available ring", "vwr_queue_add"),
    (DRIVER, "publishes the available index, notifies", "vwr_queue_kick"),
    (DEVICE, "reads the available ring, checks the chain", "vwr_vqueue_pop_avail"),
    (DEVICE, "reads and writes the buffers", "vwr_reader_read"),
    (DEVICE, "fills the used ring, publishes its index", "vwr_vqueue_add_used"),
    (DEVICE, "sends an interrupt, unless suppressed", "vwr_vqueue_signal"),
    (DRIVER, "reads the used ring, frees the descriptors", "vwr_queue_get_used"),
)
WIDTH = 268
HIGH = 38
STEP = 52


def picture() -> list[str]:
    shapes = [
        text(8 + WIDTH / 2, 14, "driver", "middle", size=12),
        text(300 + WIDTH / 2, 14, "device", "middle", size=12),
    ]
    for n, (who, what, call) in enumerate(STEPS):
        x, y = (8 if who == DRIVER else 300), 24 + n * STEP
        shapes.append(box(x, y, WIDTH, HIGH, who, 6))
        shapes += [text(x + 10, y + 16, what), text(x + 10, y + 31, call + "()", kind="code faint", size=10)]
        if n:
            shapes += _arrow(STEPS[n - 1][0], who, y)
    height = 24 + len(STEPS) * STEP
    shapes += [
        line((8 + 20, height - 14), (8 + 20, height - 4)),
        text(40, height, "the descriptors are free again", size=10),
    ]
    return figure(shapes, 576, height + 8, "Life of a descriptor chain", fit=True)


def _arrow(before: str, who: str, y: float) -> list[str]:
    """An arrow from the box above to this one."""
    if before == who:
        x = 8 + 20 if who == DRIVER else 300 + 20
        return [line((x, y - STEP + HIGH), (x, y - 6)), head(x, y, 0, 1)]
    middle = y - STEP + HIGH / 2
    start, end = (8 + WIDTH, 300 + 40) if who == DEVICE else (300, 8 + WIDTH - 40)
    return [line((start, middle), (end, middle), (end, y - 6)), head(end, y, 0, 1)]
