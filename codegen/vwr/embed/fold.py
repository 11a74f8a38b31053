# SPDX-License-Identifier: MIT
"""
Resolves in the text of functions what the switches of a profile decide. Omitted code is then absent even for
a compiler that does not optimise. Only conditions are resolved; a value stays as it is.
"""

import functools
import re

_TOKEN = re.compile(
    r"/\*.*?\*/|\s+|\"(?:\\.|[^\"\\])*\"|'(?:\\.|[^'\\])*'|\w+|->|\+\+|--|&&|\|\||<<=?|>>=?|[-+*/%&|^=!<>]=|.",
    re.DOTALL,
)
_OPEN, _CLOSE = "([{", ")]}"


def _is_blank(token):
    return token.isspace() or token.startswith("/*")


def _bare(tokens):
    return [token for token in tokens if not _is_blank(token)]


def _match(tokens, at):
    """The position after the bracket that closes the one at `at`."""
    depth = 0
    for place in range(at, len(tokens)):
        depth += (tokens[place] in _OPEN) - (tokens[place] in _CLOSE)
        if depth == 0:
            return place + 1
    raise ValueError("a bracket is not closed")


def _split(tokens, operator):
    """Parts between the occurrences of an operator at the outer level."""
    parts, depth = [[]], 0
    for token in tokens:
        depth += (token in _OPEN) - (token in _CLOSE)
        if token == operator and depth == 0:
            parts.append([])
        else:
            parts[-1].append(token)
    return parts


def _join(parts, operator):
    """Joins parts by the operator; blanks at the ends belong to the operator."""
    words = []
    for part in parts:
        part = _stripped(part)
        while part and part[-1].isspace():
            part = part[:-1]
        words += ([" ", operator, " "] if words else []) + part
    return words


_ALWAYS = {
    "VWR_IN_NEVER": 0,
    "VWR_IN_ALWAYS": 1,
}  # replacement of a call of a predicate, while a function is folded


def _does_nothing(tokens, harmless):
    """
    Whether an expression has no side effect: it has no call except of names in `harmless`, and no assignment.
    """
    bare = _bare(tokens)
    called = {name for name, behind in zip(bare, bare[1:]) if behind == "(" and re.match(r"\w", name)}
    return called <= set(harmless) and not any(
        re.fullmatch(r"=|[-+*/%&|^]=|<<=|>>=|\+\+|--|;|\{", token) for token in bare
    )


def _answered(tokens, predicates, harmless):
    """
    Replaces calls of predicates, whose arguments have no side effect, by their constant result; and resolves
    a ?: that begins with one.
    """
    out, at = [], 0
    while at < len(tokens):
        end = _match(tokens, at + 1) if tokens[at] in predicates and tokens[at + 1 : at + 2] == ["("] else 0
        if end and _does_nothing(tokens[at + 2 : end - 1], harmless):
            out.append("VWR_IN_ALWAYS" if predicates[tokens[at]] else "VWR_IN_NEVER")
            at = end
        else:
            out.append(tokens[at])
            at += 1
    return out


def _choices(tokens):
    """Resolves arguments of the form `constant ? one : other`."""
    out, at = [], 0
    while at < len(tokens):
        token, before = tokens[at], _bare(out[-3:])[-1:]
        if token in _ALWAYS and _bare(tokens[at + 1 : at + 3])[:1] == ["?"] and before in (["("], [","]):
            end, depth = at, 0
            while depth > 0 or tokens[end] not in (",", ")"):
                depth += (tokens[end] in _OPEN) - (tokens[end] in _CLOSE)
                end += 1
            _, kept = choice(tokens[at:end], _ALWAYS)
            out += _stripped(kept)
            at = end
        else:
            out.append(token)
            at += 1
    return out


def condition(tokens, known):
    """(0, 1 or None, tokens) of a condition in which names of `known` are constants."""
    for operator, ends in (("||", 1), ("&&", 0)):
        parts = _split(tokens, operator)
        if len(parts) == 1 or len(_split(tokens, "?")) > 1:
            continue
        kept = []
        for part in parts:
            value, part = condition(part, known)
            if value is None:
                kept.append(part)
            elif value == ends:
                if all(_does_nothing(one, ()) for one in kept):
                    return ends, tokens
                return None, tokens  # the operands before it may have side effects
        return (None, _join(kept, operator)) if kept else (1 - ends, tokens)
    bare = _bare(tokens)
    if len(bare) == 1 and bare[0] in known:
        return known[bare[0]], tokens
    if bare[:1] == ["VWR_RARELY"] and _match(bare, 1) == len(bare):
        value, inside = choice(tokens[tokens.index("(") + 1 : _match(tokens, tokens.index("(")) - 1], known)
        return value, [*tokens[: tokens.index("(")], "(", *_stripped(inside), ")"]
    if bare[:1] == ["!"]:
        first = tokens.index("!") + 1
        value, inside = condition(tokens[first:], known)
        return (None if value is None else 1 - value), [*tokens[:first], *inside]
    if bare[:1] == ["("] and _match(bare, 0) == len(bare):
        first = tokens.index("(")
        value, inside = choice(tokens[first + 1 : _match(tokens, first) - 1], known)
        return value, [*tokens[:first], "(", *_stripped(inside), ")"]
    return None, tokens


def choice(tokens, known):
    """(value, tokens) of a condition with ?: at its outer level."""
    parts = _split(tokens, "?")
    if len(parts) == 2:
        value, _ = condition(parts[0], known)
        branches = _split(parts[1], ":")
        if value is not None and len(branches) == 2:
            return choice(branches[1 - value], known)
        return None, tokens
    return condition(tokens, known)


def _statement_end(tokens, at):
    """The position after the statement that begins at `at`."""
    while at < len(tokens) and _is_blank(tokens[at]):
        at += 1
    word = tokens[at]
    if word == "{":
        return _match(tokens, at)
    if word in ("if", "for", "while", "switch"):
        end = _statement_end(tokens, _match(tokens, tokens.index("(", at)))
        place = end
        while place < len(tokens) and _is_blank(tokens[place]):
            place += 1
        return (
            _statement_end(tokens, place + 1)
            if word == "if" and tokens[place : place + 1] == ["else"]
            else end
        )
    if word == "do":
        return tokens.index(";", _statement_end(tokens, at + 1)) + 1
    depth = 0
    for place in range(at, len(tokens)):
        depth += (tokens[place] in _OPEN) - (tokens[place] in _CLOSE)
        if tokens[place] == ";" and depth == 0:
            return place + 1
    raise ValueError("a statement has no end")


def _block_end(tokens, at):
    """The position before the bracket that closes the block around `at`."""
    depth = 0
    for place in range(at, len(tokens)):
        depth += (tokens[place] in _OPEN) - (tokens[place] in _CLOSE)
        if depth < 0:
            return place - 1 if tokens[place - 1].isspace() else place
    return len(tokens)


def _if(tokens, at, known):
    """(tokens of the if statement at `at` with known conditions resolved, end)."""
    opened = tokens.index("(", at)
    closed = _match(tokens, opened)
    end = _statement_end(tokens, at)
    middle = _statement_end(tokens, closed)
    value, inside = choice(tokens[opened + 1 : closed - 1], known)
    rest = tokens[middle:end]
    otherwise = rest[rest.index("else") + 1 :] if rest else []
    if value == 1:
        return body(_stripped(tokens[closed:middle]), known), end
    if value == 0:
        return body(_stripped(otherwise), known), end
    out = [*tokens[at:opened], "(", *_stripped(inside), ")", *(body(tokens[closed:middle], known) or [";"])]
    more = body(otherwise, known)
    if _bare(more):
        out += [*rest[: rest.index("else") + 1], *([] if more[0].isspace() else [" "]), *more]
    return out, end


def _stripped(tokens):
    while tokens and tokens[0].isspace():
        tokens = tokens[1:]
    return tokens


def _for(tokens, at, known):
    """
    A loop whose condition is known to be false is removed. Its first part is a declaration in this project.
    """
    opened = tokens.index("(", at)
    parts = _split(tokens[opened + 1 : _match(tokens, opened) - 1], ";")
    end = _statement_end(tokens, at)
    if tokens[at] == "while" or len(parts) == 3:
        value, inside = choice(parts[-2] if len(parts) == 3 else parts[0], known)
        if value == 0:
            return [], end
        if value is None:
            parts[-2 if len(parts) == 3 else 0] = ([" "] if len(parts) == 3 else []) + _stripped(inside)
    closed = _match(tokens, opened)
    words = [token for number, part in enumerate(parts) for token in ([";"] if number else []) + part]
    return [*tokens[at:opened], "(", *words, ")", *(body(tokens[closed:end], known) or [";"])], end


def _do(tokens, at, known):
    """The loop stays: its statement runs at least once, and may leave it."""
    end = _statement_end(tokens, at)
    middle = _statement_end(tokens, at + 1)
    opened = tokens.index("(", middle)
    value, inside = choice(tokens[opened + 1 : _match(tokens, opened) - 1], known)
    words = _stripped(inside) if value is None else [str(value)]
    return ["do", *body(tokens[at + 1 : middle], known), *tokens[middle:opened], "(", *words, ")", ";"], end


def _value(tokens, at, known):
    """(tokens of `return …;` or `= …;` with known conditions resolved, end)."""
    end = _statement_end(tokens, at)
    if tokens[at] == "=" and ("{" in tokens[at:end] or len(_split(tokens[at:end], ",")) > 1):
        return tokens[at : at + 1], at + 1  # initialisers of several items
    value, words = choice(tokens[at + 1 : end - 1], known)
    if value is not None:
        words = [str(value)]
    while words[-1].isspace():
        words = words[:-1]
    return [tokens[at], " ", *_stripped(words), ";"], end


def body(tokens, known):
    """Statements with known conditions resolved."""
    out, at = [], 0
    while at < len(tokens):
        token = tokens[at]
        if token == "if":
            made, at = _if(tokens, at, known)
            if made[:1] in (["return"], ["continue"]) and not {"case", "default"} & set(
                tokens[at : _block_end(tokens, at)]
            ):
                at = _block_end(tokens, at)  # the rest of this block is unreachable
        elif token in ("return", "=") and set(tokens[at : _statement_end(tokens, at)]) & set(known):
            made, at = _value(tokens, at, known)
        elif token in ("for", "while"):
            made, at = _for(tokens, at, known)
        elif token == "do":
            made, at = _do(tokens, at, known)
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
    words = _tokens(text)[1]
    switches = words & known.keys()
    calls = words & predicates.keys() if predicates else frozenset()
    if not switches and not calls:
        return text
    of = lambda names, values: tuple((name, values[name]) for name in sorted(names))
    return _function(text, of(switches, known), of(calls, predicates), words & set(plain))


@functools.cache
def _tokens(text):
    tokens = _TOKEN.findall(text)
    return tokens, frozenset(tokens)


@functools.cache
def _function(text, known, predicates, plain):
    """The same, of the names that occur in the text: a profile reads each source twice, and shares most with others."""
    tokens, known = _tokens(text)[0], dict(known)
    opened = next(place for place, token in enumerate(tokens) if token == "{")
    inside = body(_choices(_answered(tokens[opened:], dict(predicates), plain)), {**known, **_ALWAYS})
    decided = dict(re.findall(r"\n    const bool (\w+) = ([01]);", "".join(inside)))
    if decided:  # variables of the function that are now constant resolve further conditions
        inside = body(inside, {**known, **_ALWAYS, **{name: int(value) for name, value in decided.items()}})
    made = "".join(tokens[:opened] + inside)
    for word, value in _ALWAYS.items():
        made = made.replace(word, "true" if value else "false")
    made = re.sub(r"[ \t]+\n", "\n", made)
    made = re.sub(r"\n{3,}", "\n\n", re.sub(r"\n(\s*\n)+(\s*\})", r"\n\2", made))
    return _quiet(text, made)


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
