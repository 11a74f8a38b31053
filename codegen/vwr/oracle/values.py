# SPDX-License-Identifier: MIT
"""Values of the specification's #define and enum, evaluated as far as possible."""

import ast
import operator
import re

_SUFFIX = re.compile(r"\b(0[xX][0-9a-fA-F]+|\d+)[uUlL]+\b")
_LEADING = re.compile(r"\b0+(?=\d+\b)")  # Python's numbers have no zeros in front
_WORDS = re.compile(r"\s+\([A-Za-z].*$")  # after the value, in brackets
_DEEPEST = 20  # names in names
# The few operators that occur. Python gives them the same order as C.
_DO = {
    ast.BitOr: operator.or_,
    ast.BitAnd: operator.and_,
    ast.LShift: operator.lshift,
    ast.RShift: operator.rshift,
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.floordiv,
}


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

    def number(self, text, depth=0):
        """The value of an expression."""
        plain = _LEADING.sub("", _SUFFIX.sub(r"\1", clean(text)))
        try:
            root = ast.parse(plain, mode="eval")
        except (SyntaxError, ValueError):
            raise Unknown(text) from None
        if depth > _DEEPEST:
            raise Unknown(text)
        return self._value(root.body, depth)

    def _value(self, node, depth):
        if isinstance(node, ast.Constant) and isinstance(node.value, int):
            return node.value
        if isinstance(node, ast.BinOp) and type(node.op) in _DO:
            left, right = self._value(node.left, depth), self._value(node.right, depth)
            try:
                return _DO[type(node.op)](left, right)
            except (ValueError, ArithmeticError):  # a negative shift, a division by 0
                raise Unknown(ast.dump(node)) from None
        if isinstance(node, ast.Name) and node.id in self.texts:
            return self.number(self.texts[node.id], depth + 1)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in self.macros:
            parameters, body = self.macros[node.func.id]
            for parameter, argument in zip(parameters, node.args):
                body = re.sub(rf"\b{parameter}\b", str(self._value(argument, depth)), body)
            return self.number(body, depth + 1)
        raise Unknown(ast.dump(node))

    def enumerators(self, rows):
        """[(line, name, value)] of an enum; the value is a text if it cannot be evaluated."""
        found: list[tuple[int, str, int | str]] = []
        following: int | None = 0
        for line, name, text in rows:
            try:
                number = self.number(text) if text else following
                following = None if number is None else number + 1
            except (Unknown, TypeError):
                number = following = None
            if number is not None:
                self.texts.setdefault(name, str(number))
            found.append((line, name, (text or f"{name} without a value") if number is None else number))
        return found


def clean(text):
    """Without a semicolon at the end and without words in brackets after it."""
    return _WORDS.sub("", text.strip()).rstrip("; ")
