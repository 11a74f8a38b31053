# SPDX-License-Identifier: MIT
"""
Resolves in the text of functions what the switches of a profile decide. Omitted code is then absent even for
a compiler that does not optimise. Only conditions are resolved; a value stays as it is.
"""

import functools
import re

_TOKEN = re.compile(
    r"((?:\s|/\*.*?\*/)*)"
    r"(#\s*\w+|\"(?:\\.|[^\"\\])*\"|'(?:\\.|[^'\\])*'|\w+|->|\+\+|--|&&|\|\||<<=?|>>=?|[-+*/%&|^=!<>]=|.|\Z)"
    r"([ \t]*/\*(?:(?!\*/).)*\*/(?=\n))?",
    re.DOTALL,
)
# Replacement of a call of a predicate, while a function is folded.
_ALWAYS = {"VWR_IN_NEVER": 0, "VWR_IN_ALWAYS": 1}


class Word(str):
    """A token of C, with the blanks and comments before it, and a comment behind it that ends the line."""

    before = behind = ""


def _word(text, before, behind=""):
    made = Word(text)
    made.before, made.behind = before, behind
    return made


def _nested(text):
    """The tokens of a text. A part in brackets is one token: a tuple with its brackets."""
    parts = [[]]
    for before, word, behind in _TOKEN.findall(text):
        if word in ("(", "[", "{"):
            parts.append([])
        parts[-1].append(_word(word, before, behind))
        if word in (")", "]", "}"):
            part = tuple(parts.pop())
            parts[-1].append(part)
    return parts[0]


def _flat(tokens):
    """All words."""
    for token in tokens:
        if isinstance(token, tuple):
            yield from _flat(token)
        else:
            yield token


def _text(tokens):
    return "".join(word.before + word + word.behind for word in _flat(tokens))


def _led(tokens, before):
    """The tokens, with these blanks before the first."""
    first, *rest = tokens or [Word()]
    if isinstance(first, tuple):
        return [tuple(_led(first, before)), *rest]
    return [_word(first, before, first.behind), *rest]


def _split(tokens, operator):
    """Parts between the occurrences of an operator."""
    parts = [[]]
    for token in tokens:
        if token == operator:
            parts.append([])
        else:
            parts[-1].append(token)
    return parts


def _joined(parts, operator, before=""):
    """Parts with the operator between them."""
    return [token for part in parts for token in (_word(operator, before), *part)][1:]


def _does_nothing(tokens, harmless):
    """
    Whether an expression has no side effect: it has no call except of names in `harmless`, and no assignment.
    """
    words = [*_flat(tokens)]
    called = {name for name, behind in zip(words, words[1:]) if behind == "(" and re.match(r"\w", name)}
    return called <= set(harmless) and not any(
        re.fullmatch(r"=|[-+*/%&|^]=|<<=|>>=|\+\+|--|;|\{", word) for word in words
    )


def _answered(tokens, predicates, harmless):
    """
    Replaces calls of predicates, whose arguments have no side effect, by their constant result; and resolves
    arguments that begin with one.
    """
    out = []
    for token in tokens:
        if not isinstance(token, tuple):
            out.append(token)
        elif token[0] == "(" and out and out[-1] in predicates and _does_nothing(token[1:-1], harmless):
            always = "VWR_IN_ALWAYS" if predicates[out[-1]] else "VWR_IN_NEVER"
            out[-1] = _word(always, out[-1].before)
        else:
            arguments = _split(_answered(token[1:-1], predicates, harmless), ",")
            out.append((token[0], *_joined(map(_argument, arguments), ","), token[-1]))
    return out


def _argument(tokens):
    """Resolves an argument of the form `constant ? one : other`."""
    if tokens[1:2] == ["?"] and tokens[0] in _ALWAYS:
        return _led(choice(tokens, _ALWAYS)[1], tokens[0].before)
    return tokens


def condition(tokens, known):
    """(0, 1 or None, tokens) of a condition in which names of `known` are constants."""
    for operator, ends in (("||", 1), ("&&", 0)):
        if operator not in tokens or "?" in tokens:
            continue
        kept = []
        for part in _split(tokens, operator):
            value, part = condition(part, known)
            if value is None:
                kept.append(_led(part, " "))
            elif value == ends:  # the operands before it may have side effects
                return (ends if all(_does_nothing(one, ()) for one in kept) else None), tokens
        return (None, _joined(kept, operator, " ")) if kept else (1 - ends, tokens)
    if len(tokens) == 1 and tokens[0] in known:
        return known[tokens[0]], tokens
    if tokens[:1] == ["!"]:
        value, inside = condition(tokens[1:], known)
        return (None if value is None else 1 - value), [tokens[0], *inside]
    if tokens and tokens[-1][:1] == ("(",) and tokens[:-1] in ([], ["VWR_RARELY"]):
        value, inside = _in_brackets(tokens[-1], known)
        return value, [*tokens[:-1], inside]
    return None, tokens


def choice(tokens, known):
    """(value, tokens) of a condition with ?: at its outer level."""
    if tokens.count("?") != 1:
        return condition(tokens, known)
    question, answers = _split(tokens, "?")
    value, _ = condition(question, known)
    branches = _split(answers, ":")
    if value is None or len(branches) != 2:
        return None, tokens
    return choice(branches[1 - value], known)


def _in_brackets(part, known):
    """(value, part) of a condition in brackets."""
    value, inside = choice(list(part[1:-1]), known)
    return value, (part[0], *_led(inside, ""), part[-1])


def _statement_end(tokens, at):
    """The position after the statement that begins at `at`."""
    word = tokens[at]
    if word[0] == "{":
        return at + 1
    if word in ("if", "for", "while", "switch"):
        end = _statement_end(tokens, at + 2)
        has_else = word == "if" and tokens[end : end + 1] == ["else"]
        return _statement_end(tokens, end + 1) if has_else else end
    if word == "do":
        at = _statement_end(tokens, at + 1)
    return tokens.index(";", at) + 1


def _if(tokens, at, known):
    """(tokens of the if statement at `at` with known conditions resolved, end)."""
    value, asked = _in_brackets(tokens[at + 1], known)
    middle, end = _statement_end(tokens, at + 2), _statement_end(tokens, at)
    then, otherwise = (body(part, known) for part in (tokens[at + 2 : middle], tokens[middle + 1 : end]))
    if value is not None:
        kept = then if value else otherwise
        return kept and _led(kept, tokens[at].before), end
    out = [tokens[at], asked, *(then or [Word(";")])]
    return [*out, tokens[middle], *otherwise] if otherwise else out, end


def _loop(tokens, at, known):
    """
    A loop whose condition is known to be false is removed. The first part of a `for` is a declaration in this
    project.
    """
    opening, *inside, closing = tokens[at + 1]
    parts, end = _split(inside, ";"), _statement_end(tokens, at)
    number = len(parts) // 2  # of the condition
    value, asked = choice(parts[number], known)
    if value == 0:
        return [], end
    if value is None and asked:
        parts[number] = _led(asked, " " * number)
    statement = body(tokens[at + 2 : end], known) or [Word(";")]
    return [tokens[at], (opening, *_joined(parts, ";"), closing), *statement], end


def _do(tokens, at, known):
    """The loop stays: its statement runs at least once, and may leave it."""
    end = _statement_end(tokens, at + 1)
    value, asked = _in_brackets(tokens[end + 1], known)
    if value is not None:
        asked = (asked[0], Word(value), asked[-1])
    return [tokens[at], *body(tokens[at + 1 : end], known), tokens[end], asked, tokens[end + 2]], end + 3


def _value(tokens, at, known):
    """(tokens of `return …;` or `= …;` with known conditions resolved, end)."""
    end = tokens.index(";", at) if ";" in tokens[at:] else at
    inside = tokens[at + 1 : end]
    several = tokens[at] == "=" and (
        "," in inside or any(token[0] == "{" for token in inside)
    )  # initialisers
    if several or known.keys().isdisjoint(_flat(inside)):
        return tokens[at : at + 1], at + 1
    value, inside = choice(inside, known)
    return [tokens[at], *_led(inside if value is None else [Word(value)], " "), tokens[end]], end + 1


_STATEMENTS = {"if": _if, "for": _loop, "while": _loop, "do": _do, "return": _value, "=": _value}


def body(tokens, known):
    """Statements with known conditions resolved."""
    out, at = [], 0
    while at < len(tokens):
        token = tokens[at]
        if token in _STATEMENTS:
            made, at = _STATEMENTS[token](tokens, at, known)
            leaves = token == "if" and made[:1] in (["return"], ["continue"])
            if leaves and {"case", "default"}.isdisjoint(_flat(tokens[at:])):
                at = len(tokens)  # the rest of this block is unreachable
        elif token[:1] == ("{",):
            made, at = [(token[0], *body(list(token[1:-1]), known), token[-1])], at + 1
        else:
            made, at = [token], at + 1
        out += made
    return out


def function(text, known, predicates=(), plain=()):
    """
    A function's text with known conditions resolved. `predicates` are functions with a constant result if
    their arguments call only functions of `plain`. Parameters and variables that are no longer used cause no
    warning.
    """
    words = _words_of(text)
    decided = [
        frozenset((name, values[name]) for name in words.intersection(values))
        for values in (known, dict(predicates))
    ]
    return _function(text, *decided, words.intersection(plain)) if any(decided) else text


@functools.cache
def _words_of(text):
    return frozenset(re.findall(r"\w+", text))


@functools.cache
def _function(text, known, predicates, plain):
    """The same, of the names that occur in the text: a profile reads each source twice, and shares most with others."""
    tokens, known = _nested(text), {**dict(known), **_ALWAYS}
    head = next(place for place, token in enumerate(tokens) if token[0] == "{")
    inside = body(_answered(tokens[head:], dict(predicates), plain), known)
    made = _text(inside)
    decided = re.findall(r"\n    const bool (\w+) = ([01]);", made)
    if decided:  # variables of the function that are now constant resolve further conditions
        made = _text(body(inside, {**known, **{name: int(value) for name, value in decided}}))
    made = made.replace("VWR_IN_ALWAYS", "true").replace("VWR_IN_NEVER", "false")
    return _quiet(text, _text(tokens[:head]) + made)


def harmless(text, names):
    """Whether a function of a header has no side effect. `names` are functions of which this is known."""
    called = _called_without_effect(text)
    return called is not None and called <= {"sizeof", *names}


@functools.cache
def _called_without_effect(text):
    """The names that a function of a header calls; None if it has a side effect itself."""
    head, found, inside = text.partition("\n{\n")
    parameters = head[head.find("(", head.rfind("*/") + 1) :]
    if (
        not found
        or "volatile" in text
        or re.search(r"(?<!const )struct \w+ \*|\bvoid \*", parameters)
        or re.search(r"(?:\]|->\w+|\.\w+|\*\w+) [-+*/%&|^]?= |\+\+|--|<<=|>>=", inside)
    ):
        return None
    return set(re.findall(r"(\w+)\(", re.sub(r"/\*.*?\*/", "", inside, flags=re.DOTALL)))


def predicate(text, known, predicates):
    """
    The constant result of a bool function if names of `known` are the constants 0 or 1; None: it may return
    either.
    """
    m = re.match(
        r"(?:/\*.*?\*/\s*)*(?:[A-Z_]+ +)*(?:static +)?(?:inline +)?(?:[A-Z_]+ +)*bool +\w+\(", text, re.DOTALL
    )
    if not m:
        return None
    m = re.search(
        r"\n\{\n(?:    \(void\)\w+;\n)*    return ([01]);\n\}\s*$", function(text, known, predicates)
    )
    return int(m.group(1)) if m else None


def _words(text):
    return re.findall(r"(?<![.\w])(?<!->)[A-Za-z_]\w*", re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL))


def _quiet(before, text):
    """Removes variables that are no longer used, and marks unused parameters."""
    declared = r"^ +(?!return |goto )(?:static )?(?:const )?(?:(?:struct|enum) \w+|\w+)[ *]+(?:const )?(\w+)(?: = [^;]*)?;[^\n]*\n"
    for _ in range(3):
        for m in reversed(list(re.finditer(declared, text, re.MULTILINE))):
            if _words(text).count(m.group(1)) == 1:
                text = text[: m.start()] + text[m.end() :]
    for m in reversed(list(re.finditer(declared, text, re.MULTILINE))):
        name = m.group(1)
        if "=" not in m.group(0) and _words(text).count(name) == 1 + len(
            re.findall(rf"^\s+{name} = ", text, re.MULTILINE)
        ):
            text = f"{text[:m.end()]}    (void){name};\n{text[m.end():]}"
    head, inside = text.split("\n{\n", 1)
    names = re.findall(r"(\w+)(?:\[[^\]]*\])?\s*(?=[,)])", head[head.index("(") :])
    lost = [
        name for name in names if name not in _words(inside) and name in _words(before.split("\n{\n", 1)[1])
    ]
    inside = re.sub(r"^\n", "", inside)
    return head + "\n{\n" + "".join(f"    (void){name};\n" for name in lost) + inside
