# SPDX-License-Identifier: MIT
"""Values of the specification's #define and enum, evaluated as far as possible."""

import re

_TOKEN = re.compile(r"\s*(?:(0[xX][0-9a-fA-F]+|\d+)[uUlL]*\b|(\w+)|(<<|>>|[()|+\-*/&~,]))")
_WORDS = re.compile(r"\s+\([A-Za-z].*$")  # after the value, in brackets


class Unknown(Exception):
    """A number that cannot be evaluated."""


class Values:
    """Names with their texts, which are evaluated on demand."""

    def __init__(self):
        self.texts = {}
        self.macros = {}

    def define(self, name, arguments, text):
        """Adds a #define; one with arguments can only be used by others."""
        if arguments:
            self.macros[name] = ([word.strip() for word in arguments[1:-1].split(",")], text)
        else:
            self.texts.setdefault(name, clean(text))

    def number(self, text):
        """The value of an expression."""
        return _Expression(self, clean(text)).value()

    def enumerators(self, rows):
        """[(line, name, value)] of an enum; the value is a text if it cannot be evaluated."""
        found: list[tuple[int, str, int | str]] = []
        following: int | None = 0
        for line, name, text in rows:
            try:
                value = self.number(text) if text else following
                following = value + 1
                self.texts.setdefault(name, str(value))
            except (Unknown, TypeError):
                value = text or f"{name} without a value"
                following = None
            found.append((line, name, value))
        return found


def clean(text):
    """Without a semicolon at the end and without words in brackets after it."""
    return _WORDS.sub("", text.strip()).rstrip("; ")


class _Expression:
    """Recursive descent over the few operators that occur."""

    LEVELS = (("|",), ("&",), ("<<", ">>"), ("+", "-"), ("*", "/"))
    DO = {
        "|": lambda a, b: a | b,
        "&": lambda a, b: a & b,
        "<<": lambda a, b: a << b,
        ">>": lambda a, b: a >> b,
        "+": lambda a, b: a + b,
        "-": lambda a, b: a - b,
        "*": lambda a, b: a * b,
        "/": lambda a, b: a // b,
    }

    def __init__(self, values, text, depth=0):
        self.values, self.depth, self.tokens, at = values, depth, [], 0
        while at < len(text.rstrip()):
            match = _TOKEN.match(text, at)
            if not match or depth > 20:
                raise Unknown(text)
            self.tokens.append(match.group(1) or match.group(2) or match.group(3))
            at = match.end()

    def value(self):
        """The number; the whole text must be consumed."""
        if not self.tokens:
            raise Unknown("nothing")
        number = self._level(0)
        if self.tokens:
            raise Unknown(self.tokens[0])
        return number

    def _level(self, level):
        if level == len(self.LEVELS):
            return self._primary()
        left = self._level(level + 1)
        while self.tokens and self.tokens[0] in self.LEVELS[level]:
            operator = self.tokens.pop(0)
            left = self.DO[operator](left, self._level(level + 1))
        return left

    def _primary(self):
        word = self.tokens.pop(0) if self.tokens else ""
        if word == "(":
            number = self._level(0)
            self._expect(")")
            return number
        if word[:1].isdigit():
            return int(word, 0) if word[:2].lower() == "0x" else int(word)
        if word in self.values.macros:
            return self._call(*self.values.macros[word])
        if word in self.values.texts:
            return _Expression(self.values, self.values.texts[word], self.depth + 1).value()
        raise Unknown(word)

    def _call(self, parameters, body):
        self._expect("(")
        arguments = [self._level(0)]
        while self.tokens[:1] == [","]:
            self.tokens.pop(0)
            arguments.append(self._level(0))
        self._expect(")")
        for parameter, number in zip(parameters, arguments):
            body = re.sub(rf"\b{parameter}\b", str(number), body)
        return _Expression(self.values, body, self.depth + 1).value()

    def _expect(self, token):
        if self.tokens[:1] != [token]:
            raise Unknown(f"no {token}")
        self.tokens.pop(0)
