# SPDX-License-Identifier: MIT
"""What exists with a set of features, from the named tuples of generated/python: the page's script and the C tables say the same."""

from typing import NamedTuple


class Said(NamedTuple):
    """In the order of the description."""

    unmet: list
    offers: list
    closed: set
    fields: list
    queues: list
    messages: list
    sizes: list


def numbers(spec):
    """{name: number} of the features of a file."""
    group = spec.group("features")
    return {one.name: one.value for one in group.values} if group else {}


class Device:
    """One device of the package, with its queues and messages from the JSON data."""

    def __init__(self, spec, reserved, data):
        self.spec, self.queues = spec, data.get("queues", [])
        self.bits = numbers(reserved) | numbers(spec)
        self.rules = [*spec.rules, *reserved.rules]
        self.config = spec.struct("config")
        self.messages = [(one["queue"], row) for one in data.get("messages", []) for row in one["rows"]]

    def _any(self, features, names):
        return any(self.bits[name] in features for name in names or ())

    def _broken(self, rules, features):
        return [self.bits[one.feature] in features and not self._any(features, one.any) for one in rules]

    def _closed(self, features):
        """Two features may have one number, so these are numbers."""
        left = set(features)
        while any(wrong := self._broken(self.rules, left)):
            left -= {self.bits[rule.feature] for rule, broken in zip(self.rules, wrong) if broken}
        return left

    def _place(self, queue, features):
        """The index of a queue behind optional ones; None if it depends on their number, -1 if there is no such queue."""
        if queue.get("gate") and not self._any(features, queue["gate"]):
            return -1
        missing = sum(not self._any(features, one) for one in queue.get("moves", []))
        return queue["index"] - missing if "index" in queue else None

    def __call__(self, features):
        """`features`: a set of numbers."""
        interface = "modern" if self.bits["VERSION_1"] in features else "legacy"

        def there(gate):
            return not gate or self._any(features, gate)

        queues = {one["name"]: self._place(one, features) for one in self.queues}
        return Said(
            unmet=self._broken(self.rules, features),
            offers=self._broken(self.spec.offers, features),
            closed=self._closed(features),
            fields=[
                there(one.gate) and not self._any(features, one.unless)
                for one in (self.config.fields if self.config else ())
            ],
            queues=list(queues.values()),
            messages=[
                queues[queue] != -1
                and row.get("only", interface) == interface
                and there(row.get("gate"))
                and there(row.get("also"))
                and not self._any(features, row.get("unless"))
                for queue, row in self.messages
            ],
            sizes=[
                next(size for size, sets in one.sizes if all(map(there, sets)))
                for one in self.spec.structs
                if one.sizes
            ],
        )


def devices(package):
    """All devices."""
    specs = package.spec()
    data = [file for file in package.DATA["files"] if file["kind"] == "device"]
    return [Device(specs[file["name"]], specs["features"], file) for file in data]
