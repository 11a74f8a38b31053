# SPDX-License-Identifier: MIT
"""The tables of README.md and of linux_ring/README.md. Each table is made from rows and is a block of its page."""

import blocks
import calls
import count
import device
import forms
import linux_ring
import pairs
import regions
import sizes


class Lacking(Exception):
    """A row that a block needs was not measured."""


def table(head, lines):
    """The text of a table."""
    return "".join("| " + " | ".join(map(str, line)) + " |\n" for line in (head, ["---"] * len(head), *lines))


class Figures:
    """Values by group and name."""

    def __init__(self, rows):
        self.rows = {(one["group"], one["name"]): one for one in rows}

    def value(self, group, name):
        """A figure; one below 1000 has a decimal."""
        one = self.rows.get((group, name))
        if one is None or one["value"] is None:
            raise Lacking(f"{group}: {name}")
        value = one["value"]
        return f"{value:.1f}" if isinstance(value, float) and value < 1000 else f"{value:.0f}"

    def both(self, group, names):
        return [self.value(group, name) for name in names]


def yardsticks(of):
    """The ring, by hand and ours."""
    lines = []
    for form in count.FORMATS:
        for hand, ours in (("hand-minimal {}, {}", count.PREBUILT), *any_shape(form)):
            words = form.name if ours is count.PREBUILT else f"{form.name}, any shape"
            cells = [
                cell
                for _, label in count.DEPTHS
                for cell in of.both("ring", (name.format(form.name, label) for name in (hand, ours)))
            ]
            lines.append([words, *cells])
    return table(
        ["format", *(f"{which}, {label}" for _, label in count.DEPTHS for which in ("by hand", "ours"))],
        lines,
    )


def any_shape(form):
    """The yardstick for requests of any shape, where there is one."""
    return [(f"hand-written {count.ANY}", count.ANY)] if form.any_shape else []


def classes(of):
    """The class API, by hand and ours."""
    lines = [
        [
            form.name,
            *(
                cell
                for _, label in count.DEPTHS
                for cell in of.both(
                    "block",
                    (f"hand-written blk {form.name}, {label}", count.REQUESTS.format(form.name, label)),
                )
            ),
        ]
        for form in count.CALLS
        if form.hand_blk
    ]
    return table(
        ["format", *(f"{which}, {label}" for _, label in count.DEPTHS for which in ("by hand", "ours"))],
        lines,
    )


def segments(of):
    """Requests of several segments, split, in batches."""
    label = count.DEPTHS[1][1]
    lines = [
        [
            form.name,
            *of.both(
                "block",
                (
                    f"hand-written blk split, {form.name}, {label}",
                    count.REQUESTS.format("split", f"{form.name}, {label}"),
                ),
            ),
        ]
        for form in forms.FORMS
        if form.by_hand
    ]
    return table(["data", "by hand", "ours"], lines)


def guests(of):
    """Frames to several guests."""
    to = "{form}, frame to {n} guests alternately, batch 32"
    names = [
        *(
            (f"{n} in rotation" if n > 1 else "1 guest", to.replace("{n}", str(n)))
            for n in device.ALTERNATELY
        ),
        (f"32 in rotation of {device.PORTS}", device.AMONG.replace("{targets}", "32")),
        (f"{device.PORTS} in rotation", device.EVERY),
        ("1 guest, one a notification", "{form}, frame to 1 guest, one a notification"),
        (f"{device.PORTS} in rotation, one a notification", device.EACH),
    ]
    lines = [
        [words, *of.both("device", (name.format(form=form) for form, _ in device.FORMATS))]
        for words, name in names
    ]
    return table(["to", *(form for form, _ in device.FORMATS)], lines)


def messages(of):
    """A message of each class at the driver."""
    cases = next(one.cases for one in calls.PROGRAMS if one.group == calls.SHOWN)
    words = dict.fromkeys(case.name.rpartition(", ")[0] for case in cases)
    lines = [
        [
            one,
            *of.both(calls.SHOWN, (f"{one}, {ring}" for ring in calls.DRIVEN)),
            of.value(calls.SHOWN, f"{one}, {calls.DRIVEN[0]}, notifications"),
        ]
        for one in words
    ]
    return table(["call", *calls.DRIVEN, "notifications"], lines)


def usual(of):
    """Both ends with the features of a usual pair."""
    lines = [
        [call.words, *of.both("usual", (f"{call.words}, {end}" for end in pairs.ENDS))]
        for call in pairs.CALLS.values()
        if call.usual
    ]
    return table(["message", *pairs.ENDS], lines)


def regions_(of):
    """Several regions: the disk, and other classes."""
    places = [(number, place) for place in ("alternating", "random") for number in regions.REGIONS]
    shapes = [shape for shape, among in regions.ROWS.items() if among is regions.EVERY]
    names = lambda shape: (shape.name(1), *(shape.name(*among) for among in places))
    disk = [
        [
            f"{shape.where}, {shape.data} data segment{'s' if shape.data > 1 else ''}",
            *of.both("regions", names(shape)),
        ]
        for shape in shapes
    ]
    head = ["disk, split, batch 32", "1 region", *(f"{number}, {place}" for number, place in places)]
    other = [
        [
            words,
            *of.both(
                "regions",
                (f"{words}, 1 region", *(regions.MESSAGE.format(words, number) for number in regions.TURNS)),
            ),
        ]
        for words in (pairs.CALLS[name].words for name in regions.CLASSES)
    ]
    return table(head, disk) + "\n" + table(["message, in turn", "1 region", *map(str, regions.TURNS)], other)


def ram(of):
    """Memory of queues."""
    return table(
        ["memory", "bytes"], [[name, *of.both("ram", [name])] for name, _ in (*sizes.RAM, *sizes.RAM_LEGACY)]
    )


def linux(of):
    """Linux's ring and vwr_queue_add."""
    head = [f"{who}, {label}" for who in ("Linux", "`vwr_queue_add`") for _, label in count.DEPTHS]
    names = (linux_ring.NAME, linux_ring.OURS)
    lines = [
        [
            what,
            *of.both(
                "ring", (name.format(what=what, label=label) for name in names for _, label in count.DEPTHS)
            ),
        ]
        for _, what in linux_ring.FORMS
    ]
    return table(["request", *head], lines)


def mixed(of):
    """The recorded requests on both rings."""
    names = {"Linux's ring": linux_ring.MIX, "`vwr_queue_add`": linux_ring.OURS_MIX}
    return table(["ring", "instructions"], [[who, *of.both("ring", [name])] for who, name in names.items()])


LINUX = linux_ring.FOLDER / "README.md"
FROM_ROWS = {
    "yardsticks": yardsticks,
    "classes": classes,
    "segments": segments,
    "guests": guests,
    "messages": messages,
    "usual": usual,
    "regions": regions_,
    "ram": ram,
}
PAGES = {blocks.PAGE: FROM_ROWS, LINUX: {"linux": linux, "linux-mix": mixed}}
OTHERS = ("features",)  # of the first page; it needs more than the values of rows


def made_of(found):
    """{page: {name: text}} of the blocks whose rows were all measured."""
    made, of = {path: {} for path in PAGES}, Figures(found)
    for path, of_page in PAGES.items():
        for name, block in of_page.items():
            try:
                made[path][name] = block(of)
            except Lacking:
                continue
    return made
