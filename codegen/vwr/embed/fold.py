# SPDX-License-Identifier: MIT
"""
Resolves in the text of functions what the switches of a profile decide. Omitted code is then absent even for
a compiler that does not optimise. Only conditions are resolved; a value stays as it is.
"""

import functools
import operator
import re

from vwr.c.nested import Word, flat, is_harmless, joined, led, nested, new_word, split, text_of
from vwr.c.tokens import code

_DECLARED = r"^ +(?!return |goto |else )(?:static )?(?:const )?(?:(?:struct|enum) \w+|\w+)[ *]+(?:const )?(\w+)(?:\[[^\]]*\])?(?: = |;)"
# Replacement of a call of a predicate, while a function is folded.
_ALWAYS = {"VWR_IN_NEVER": 0, "VWR_IN_ALWAYS": 1}


def _answered(tokens, predicates, harmless):
    """
    Replaces calls of predicates, whose arguments have no side effect, by their constant result; and resolves
    arguments that begin with one.
    """
    out = []
    for token in tokens:
        if not isinstance(token, tuple):
            out.append(token)
        elif token[0] == "(" and out and out[-1] in predicates and is_harmless(token[1:-1], harmless):
            always = "VWR_IN_ALWAYS" if predicates[out[-1]] else "VWR_IN_NEVER"
            out[-1] = new_word(always, out[-1].before)
        else:
            arguments = split(_answered(token[1:-1], predicates, harmless), ",")
            out.append((token[0], *joined(map(_argument, arguments), ","), token[-1]))
    return out


def _argument(tokens):
    """Resolves an argument of the form `constant ? one : other`."""
    if tokens[1:2] == ["?"] and tokens[0] in _ALWAYS:
        return led(choice(tokens, _ALWAYS)[1], tokens[0].before)
    return tokens


class Number(int):
    """The value of a variable: it decides comparisons, and is kept elsewhere."""


_COMPARED = {
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    ">": operator.gt,
    "<=": operator.le,
    ">=": operator.ge,
}


def _number(token, known):
    """The value of a constant, or None."""
    if isinstance(token, tuple):
        return None
    if token == "NULL":
        return 0
    found = re.fullmatch(r"(\d+)[uU]?", token)
    return int(found[1]) if found else known.get(token)


def condition(tokens, known):
    """(0, 1 or None, tokens) of a condition in which names of `known` are constants."""
    for sign, ends in (("||", 1), ("&&", 0)):
        if sign not in tokens or "?" in tokens:
            continue
        kept = []
        for part in split(tokens, sign):
            value, part = condition(part, known)
            if value is None:
                kept.append(led(part, " "))
            elif value == ends:  # the operands before it may have side effects
                return (ends if all(is_harmless(one, ("sizeof",)) for one in kept) else None), tokens
        return (None, joined(kept, sign, " ")) if kept else (1 - ends, tokens)
    if len(tokens) == 1 and tokens[0] in known and not isinstance(known[tokens[0]], Number):
        return known[tokens[0]], tokens
    if len(tokens) == 3 and tokens[1] in _COMPARED:
        left, right = (_number(token, known) for token in (tokens[0], tokens[2]))
        if left is not None and right is not None:
            return int(_COMPARED[tokens[1]](left, right)), tokens
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
    question, answers = split(tokens, "?")
    value, asked = condition(question, known)
    branches = split(answers, ":")
    if len(branches) != 2:
        return None, tokens
    if value is None:
        return None, joined([asked, answers], "?", " ")
    return choice(branches[1 - value], known)


def _in_brackets(part, known):
    """(value, part) of a condition in brackets."""
    value, inside = choice(list(part[1:-1]), known)
    return value, (part[0], *led(inside, ""), part[-1])


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


def _unwrapped(kept, around):
    """The statements of a block that stands alone, unless it declares a name that is used outside."""
    if len(kept) != 1 or kept[0][:1] != ("{",):
        return kept
    inside = list(kept[0][1:-1])
    text = text_of(inside)
    declared = set(re.findall(_DECLARED, text, re.MULTILINE))
    outside = list(flat(token for token in around if token is not kept[0]))
    mine = list(flat(inside))
    if any(outside.count(name) > mine.count(name) for name in declared):
        return kept
    return led(_outdented(inside), kept[0][0].before) if inside else []


def _outdented(tokens):
    """Statements four columns further left."""
    return [
        tuple(_outdented(token))
        if isinstance(token, tuple)
        else new_word(token, token.before.replace("\n    ", "\n"), token.behind.replace("\n    ", "\n"))
        for token in tokens
    ]


def _is_nothing(tokens):
    """Whether a statement is empty."""
    return [*flat(tokens)] in ([], [";"], ["{", "}"])


_PLAIN = "functions without side effects"  # beside constants, among what is known


def _if(tokens, at, known):
    """(tokens of the if statement at `at` with known conditions resolved, end)."""
    value, asked = _in_brackets(tokens[at + 1], known)
    middle, end = _statement_end(tokens, at + 2), _statement_end(tokens, at)
    then, otherwise = (body(part, known) for part in (tokens[at + 2 : middle], tokens[middle + 1 : end]))
    if value is not None:
        kept = then if value else otherwise
        return kept and _unwrapped(led(kept, tokens[at].before), tokens), end
    indent = tokens[at].before.rpartition("\n")[2]
    if (
        otherwise
        and "\n" not in next(flat(otherwise)).before
        and otherwise[0] != "if"
        and otherwise[0][0] != "{"
    ):
        otherwise = led(otherwise, f"\n{indent}    ")
    empty = [(new_word("{", " "), new_word("}", f"\n{indent}"))]
    if _is_nothing(then) and _is_nothing(otherwise):
        if is_harmless(asked, ("VWR_RARELY", *known.get(_PLAIN, ()))):
            return [], end
        then = empty
    elif _is_nothing(then) and otherwise[0] == "if":
        # In `if (!a) if (b) ...`, a reader could not tell to which `if` the next `else` belongs.
        return [tokens[at], asked, *empty, *led([tokens[middle]], " "), *otherwise], end
    elif _is_nothing(then):  # what remains is the other branch
        inside = list(asked[1:-1])
        inside = inside if len(inside) == 1 else [(new_word("(", ""), *led(inside, ""), new_word(")", ""))]
        return [tokens[at], (asked[0], new_word("!", ""), *led(inside, ""), asked[-1]), *otherwise], end
    out = [tokens[at], asked, *(then or [Word(";")])]
    return [*out, tokens[middle], *otherwise] if not _is_nothing(otherwise) else out, end


def _loop(tokens, at, known):
    """
    A loop whose condition is known to be false is removed. The first part of a `for` is a declaration in this
    project.
    """
    opening, *inside, closing = tokens[at + 1]
    parts, end = split(inside, ";"), _statement_end(tokens, at)
    number = len(parts) // 2  # of the condition
    value, asked = choice(parts[number], known)
    if value == 0:
        return [], end
    if value is None and asked:
        parts[number] = led(asked, " " * number)
    statement = body(tokens[at + 2 : end], known) or [Word(";")]
    return [tokens[at], (opening, *joined(parts, ";"), closing), *statement], end


def _do(tokens, at, known):
    """The loop is kept: its statement runs at least once, and may leave it."""
    end = _statement_end(tokens, at + 1)
    value, asked = _in_brackets(tokens[end + 1], known)
    if value is not None:
        asked = (asked[0], Word(value), asked[-1])
    return [tokens[at], *body(tokens[at + 1 : end], known), tokens[end], asked, tokens[end + 2]], end + 3


_ASKS = {"!", "&&", "||", "==", "!=", "<", ">", "<=", ">="}


def _value(tokens, at, known):
    """(tokens of `return …;` or `= …;` with known conditions resolved, end)."""
    end = tokens.index(";", at) if ";" in tokens[at:] else at
    given = tokens[at + 1 : end]
    several = tokens[at] == "=" and ("," in given or any(token[0] == "{" for token in given))  # initialisers
    is_literal = bool(_LITERAL.search(text_of(given)))
    if (
        several
        or not is_literal
        and known.keys().isdisjoint(flat(given))
        or len(given) == 1
        and given[0] not in _ALWAYS
    ):
        return tokens[at : at + 1], at + 1
    value, left = choice(given, known)
    said = str(value) if "?" in given or _ASKS.isdisjoint(given) else _BOOL.get(str(value), "")
    return [tokens[at], *led(left if value is None else [Word(said)], " "), tokens[end]], end + 1


_STATEMENTS = {"if": _if, "for": _loop, "while": _loop, "do": _do, "return": _value, "=": _value}


def body(tokens, known):
    """Statements with known conditions resolved."""
    out, at, blank = [], 0, ""
    while at < len(tokens):
        token = tokens[at]
        if token in _STATEMENTS:
            made, end = _STATEMENTS[token](tokens, at, known)
            at, blank = end, blank or ("" if made or "\n\n" not in token.before else "\n")
            if token == "if" and _leaves(made) and {"case", "default"}.isdisjoint(flat(tokens[at:])):
                at = len(tokens)  # the rest of this block is unreachable
        elif token[:1] == ("{",):
            made, at = [(token[0], *body(list(token[1:-1]), known), token[-1])], at + 1
        else:
            made, at = [token], at + 1
        if made and blank:
            made, blank = _below_blank(made), ""
        out += made
    return out


def _leaves(tokens):
    """Whether statements end with one that leaves the block in any case."""
    at, last = 0, ""
    while at < len(tokens):
        last, at = tokens[at], _statement_end(tokens, at)
    return last in ("return", "continue")


def _below_blank(tokens):
    """The tokens of a statement, preceded by an empty line."""
    before = next(flat(tokens)).before
    return tokens if "\n\n" in before else led(tokens, before.replace("\n", "\n\n", 1))


def _chosen(tokens, known, alternatives):
    """
    Resolves `constant ? one : other` at any place, and calls of `alternatives`: macros with a value and its
    replacement, of which the constant decides.
    """
    out = []
    for token in tokens:
        if isinstance(token, tuple):
            inside = _chosen(list(token[1:-1]), known, alternatives)
            if token[0] == "(" and out and out[-1] in alternatives:
                parts = split(inside, ",")
                kept = parts[0] if alternatives[out[-1]] else parts[1]
                out += led(kept, out.pop().before)
                continue
            token = (token[0], *inside, token[-1])
        out.append(token)
    while True:
        found = _question(out, known)
        if found is None:
            return out
        start, question, middle, end, value = found
        kept = out[question + 1 : middle] if value else out[middle + 1 : end]
        first = out[start]
        out[start:end] = led(kept, next(flat(first)).before if isinstance(first, tuple) else first.before)


_SEPARATORS = (",", ";", "=", "return", "?", ":", "+=", "-=", "|=", "&=", "case")


def _question(tokens, known):
    """(start, place of ?, place of :, end, value) of a conditional expression with a known condition."""
    for question, token in enumerate(tokens):
        if token != "?":
            continue
        start = question
        while start > 0 and tokens[start - 1] not in _SEPARATORS:
            start -= 1
        value, _ = condition(tokens[start:question], known)
        if value is None:
            continue
        depth, middle = 1, question
        while depth > 0:
            middle += 1
            depth += (tokens[middle] == "?") - (tokens[middle] == ":")
        end, depth = middle + 1, 0
        while end < len(tokens) and tokens[end] not in (",", ";") and (tokens[end] != ":" or depth > 0):
            depth += (tokens[end] == "?") - (tokens[end] == ":")
            end += 1
        return start, question, middle, end, value
    return None


def constants(text, known, alternatives=()):
    """
    A declaration or a macro in which the constants of `known` decide expressions; where they are values, they are
    numbers. '' for an assertion that they decide.
    """
    own = _words_of(text)
    mine = {name: value for name, value in known.items() if name in own}
    chosen = {name: value for name, value in dict(alternatives).items() if name in own}
    if not mine and not chosen:
        return text
    tokens = _chosen(nested(text), mine, chosen)
    place = next((i for i, token in enumerate(tokens) if token == "VWR_STATIC_ASSERT"), None)
    if place is not None and isinstance(tokens[place + 1], tuple):
        asserted, *rest = split(list(tokens[place + 1][1:-1]), ",")
        value, left = condition(asserted, mine)
        if value == 1:
            return ""
        tokens[place + 1] = ("(", *joined([led(left, ""), *rest], ","), new_word(")", ""))
    return text_of(
        new_word(str(mine[word]), word.before, word.behind) if word in mine else word for word in flat(tokens)
    )


def chosen(text, known, alternatives):
    """
    A function's text in which the constants of `known` decide conditional expressions. As operands of conditions they
    stay for `function`; as other values they are numbers.
    """
    own = _words_of(text)
    mine = {name: value for name, value in known.items() if name in own}
    made = text_of(
        _chosen(nested(text), mine, {name: alternatives[name] for name in own & set(alternatives)})
    )
    return made if made == text else quiet(text, made)


def numbers(text, known):
    """A function's text in which the constants of `known` that are left are numbers."""
    mine = _words_of(text) & known.keys()
    tokens = flat(nested(text)) if mine else ()
    made = text_of(
        new_word(str(known[word]), word.before, word.behind) if word in mine else word for word in tokens
    )
    return made or text


def without_calls(text, empty, plain):
    """
    A function's text without calls of `empty`, which do nothing, if their arguments have no side effect; and
    without what was only for them.
    """
    own = _words_of(text)
    mine = own & set(empty)
    if not mine:
        return text
    harmless_names = {"sizeof", *(own & set(plain))}
    tokens = nested(text)
    head = next(place for place, token in enumerate(tokens) if token[0] == "{")
    inside = _without(tokens[head:], mine, harmless_names)
    return quiet(
        text, text_of(tokens[:head]) + text_of(body(inside, {_PLAIN: harmless_names})), harmless_names
    )


def _without(tokens, empty, harmless_names):
    out, at, blank = [], 0, False
    while at < len(tokens):
        token = tokens[at]
        begins = not out or out[-1] in (";", ":", "else") or isinstance(out[-1], tuple)
        call = tokens[at + 1 : at + 3]
        if token in empty and begins and len(call) == 2 and call[1] == ";" and call[0][0] == "(":
            if is_harmless(call[0][1:-1], harmless_names):
                controlled = out and (out[-1] == "else" or isinstance(out[-1], tuple) and out[-1][0] == "(")
                out += [new_word(";", "")] if controlled else []
                at += 3
                blank = blank or "\n\n" in token.before and not controlled
                continue
        if isinstance(token, tuple):
            token = (token[0], *_without(list(token[1:-1]), empty, harmless_names), token[-1])
        out += _below_blank([token]) if blank and token != tokens[-1] else [token]
        blank = False
        at += 1
    return out


_GUEST = {
    f"vwr_guest{bits}": f"vwr_le{bits}_to_cpu" for bits in (16, 32, 64)
}  # of a device that is not legacy
_RETURNS = re.compile(r"\n\{\n(?:    \(void\)\w+;\n)*\n?    return (\w+);\n\}\s*$")


def trivial(text):
    """(place of the parameter, None) or (None, constant) of a function that returns only this; None for others."""
    m = _RETURNS.search(text)
    head = text[: m.start()] if m else ""
    found = re.search(r"((?:const )?(?:struct |enum )?\w+ \**)(\w+)\(([^()]*)\)$", head)
    if m is None or found is None or "VWR_OUT_OF_LINE" in head:
        return None
    parameters = [" ".join(one.split()) for one in found[3].split(",")]
    for place, one in enumerate(parameters):
        if one == found[1] + m[1]:
            return place, None
        if one.endswith(m[1]) and re.search(rf"\b{m[1]}$", one):
            return None
    return (None, m[1]) if m[1].isupper() and "bool" not in found[1] else None


def inlined(text, functions, plain):
    """A function's text in which calls of trivial functions are what they return."""
    own = _words_of(text)
    mine = {name: functions[name] for name in own & functions.keys()}
    if not mine and not own & _GUEST.keys():
        return text
    return _inlined(text, frozenset(mine.items()), frozenset({"sizeof", *(own & set(plain))}))


@functools.cache
def _inlined(text, functions, plain):
    tokens = nested(text)
    head = next(place for place, token in enumerate(tokens) if token[0] == "{")
    never = {
        name for name, value in _constants_of(text).items() if not isinstance(value, Number) and not value
    }
    inside = _inline(tokens[head:], dict(functions), plain, {"false", "0", *never})
    made = re.sub(r"\n +(\w+) = \1;(?=\n)", "", text_of(tokens[:head]) + text_of(inside))
    return text if made == text else quiet(text, made, plain)


def _inline(tokens, functions, harmless_names, never):
    out = []
    for token in tokens:
        if not isinstance(token, tuple):
            out.append(token)
            continue
        inside = _inline(list(token[1:-1]), functions, harmless_names, never)
        name = out[-1] if out and token[0] == "(" and isinstance(out[-1], Word) else Word()
        parts = split(inside, ",")
        if name in _GUEST and len(parts[0]) == 1 and parts[0][0] in never:
            out[-1] = new_word(_GUEST[name], name.before)
            inside = [
                other
                for number, part in enumerate(parts[1:])
                for other in (led(part, "") if not number else part)
            ]
        elif name in functions and _is_expression(out) and is_harmless(inside, harmless_names):
            place, constant = functions[name]
            kept = parts[place] if constant is None else nested(constant)[:-1]
            kept = kept if len(kept) == 1 else [(new_word("(", ""), *led(kept, ""), new_word(")", ""))]
            out[-1:] = led(kept, name.before)
            continue
        out.append((token[0], *inside, token[-1]))
    return out


def _is_expression(tokens):
    """Whether the call at the end of the tokens has a value that is used."""
    return len(tokens) > 1 and tokens[-2] not in (";", "else", "}") and not isinstance(tokens[-2], tuple)


def does_nothing(text):
    """Whether a function has a body without a statement."""
    return bool(re.search(r"\) *\n\{\n(?:    \(void\)\w+;[^\n]*\n)*\}\s*$", text)) and " void " in f" {text}"


_LITERAL = re.compile(r"\b(?:NULL|0) [!=]= (?:NULL|0)\b")


def function(text, known, predicates=(), plain=()):
    """
    A function's text with known conditions resolved. `predicates` are functions with a constant result if
    their arguments call only functions of `plain`. Parameters and variables that are no longer used cause no
    warning.
    """
    own = _words_of(text)
    decided = [
        frozenset((name, values[name]) for name in own.intersection(values))
        for values in (known, dict(predicates))
    ]
    if not any(decided) and not _LITERAL.search(text) and not _constants_of(text):
        return text
    return _function(text, *decided, own.intersection(plain))


@functools.cache
def _words_of(text):
    return frozenset(re.findall(r"\w+", text))


_BOOL = {"0": "false", "1": "true"}


@functools.cache
def _function(text, known, predicates, plain):
    """The same, of the names that occur in the text: a profile reads each source twice, and shares most with others."""
    tokens, known = nested(text), {**dict(known), **_ALWAYS}
    head = next(place for place, token in enumerate(tokens) if token[0] == "{")
    inside = body(_answered(tokens[head:], dict(predicates), plain), known)
    made = text_of(inside)
    constant = _constants_of(made)
    if constant:  # variables of the function that are now constant resolve further conditions
        made = text_of(body(_chosen(inside, constant, {}), {**known, **constant}))
    made = made.replace("VWR_IN_ALWAYS", "true").replace("VWR_IN_NEVER", "false")
    made = re.sub(r"(\n +const bool \w+ = )([01])(?=;)", lambda m: m[1] + _BOOL[m[2]], made)
    if re.search(r"\bbool \w+\($", text_of(tokens[: head - 1]) + "("):
        made = re.sub(r"(\n +return )([01])(?=;)", lambda m: m[1] + _BOOL[m[2]], made)
    return quiet(text, text_of(tokens[:head]) + made)


def _constants_of(text):
    """{variable of a function: its value}, of those that are constant."""
    found = {}
    declared = r"\n    const (bool |unsigned |size_t |struct \w+ \*const )(\w+) = (NULL|\d+|true|false)u?;"
    for kind, name, value in re.findall(declared, text):
        if kind == "bool ":
            found[name] = int(value in ("1", "true"))
        elif f"&{name}" not in text:
            found[name] = Number(0 if value == "NULL" else value)
    return found


def resolved(text, plain=()):
    """A function's text without the conditions that decide nothing."""
    tokens = nested(text)
    head = next(place for place, token in enumerate(tokens) if token[0] == "{")
    return text_of(tokens[:head]) + text_of(body(tokens[head:], {_PLAIN: plain}))


def harmless(text, names, any_pointer=False):
    """
    Whether a function of a header has no side effect. `names` are functions of which this is known; `any_pointer`: also
    one whose parameters are not const.
    """
    called = _called_without_effect(text, any_pointer)
    return called is not None and called <= {"sizeof", *names}


@functools.cache
def _called_without_effect(text, any_pointer):
    """The names that a function of a header calls; None if it has a side effect itself."""
    head, found, inside = text.partition("\n{\n")
    parameters = head[head.find("(", head.rfind("*/") + 1) :]
    if (
        not found
        or "volatile" in text
        or not any_pointer
        and re.search(r"(?<!const )struct \w+ \*|\bvoid \*", parameters)
        or re.search(r"(?:\]|->\w+|\.\w+|(?<!\w )\*\w+) [-+*/%&|^]?= |\+\+|--|<<=|>>=", inside)
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
        r"\n\{\n(?:    \(void\)\w+;\n)*    return (0|1|false|true);\n\}\s*$",
        function(text, known, predicates),
    )
    return int(m.group(1) in ("1", "true")) if m else None


@functools.lru_cache(maxsize=1 << 14)
def words(text):
    """The names in a text but members, each as often as it occurs."""
    return tuple(re.findall(r"(?<![.\w])(?<!->)[A-Za-z_]\w*", code(text)))


def _has_effect(declaration, names):
    """Whether the initial value of a variable has a call of other names than these."""
    called = re.findall(r"(\w+)\(", re.sub(r"/\*.*?\*/", "", declaration.partition("=")[2]))
    return names is not None and not set(called) <= set(names)


def _only_assigned(text, name, harmless_names):
    """What only assigns a variable that is not read, or marks it as used; None: it is read, or a value has an effect."""
    found = list(re.finditer(rf"^ +(?:{name} = [^;]*|\(void\){name});{_REMARK}\n", text, re.MULTILINE))
    if len(found) + 1 != words(text).count(name):
        return None
    if harmless_names is None and any(_is_alone(m, text) for m in found):
        return None
    return None if any(_has_effect(m[0], harmless_names or ()) for m in found) else found


def _is_alone(m, text):
    """Whether a statement is all that an `if` or a loop controls."""
    return re.search(r"(?:\)|else|do)\s*$", text[: m.start()])


_POINTER = (
    r"^ +(?:\w+ )+\**\(\*(?:const )?(\w+)\)\([^;=]*\)(?: = (?:NULL|[\w.>-]+))?;[^\n]*\n"  # to a function
)
_REMARK = r"(?:[ \t]*/\*[^\n]*\*/)?"
_SECOND = re.compile(r"( +(?:const )?(?:(?:struct|enum) )?\w+ )\w+(?: = [^,;({]*)?, (?=\w+(?: = |;|,))")


def _is_unread(m, text):
    """Whether a variable is only declared, or also only assigned and marked."""
    count = words(text).count(m[1])
    if count > 1 and f" {m[1]} = " not in text and f"(void){m[1]};" not in text:
        return False
    found = re.findall(rf"^ +(?:{m[1]} = [^;]*|\(void\){m[1]});{_REMARK}\n", text, re.MULTILINE)
    return count == 1 + len(found)


def _without_variable(m, text, harmless_names):
    """The text without a variable that nothing reads; a call that gave it its value stays."""
    second = _SECOND.match(m[0])
    if second:
        return text[: m.start()] + second[1] + m[0][second.end() :] + text[m.end() :]
    assigned = _only_assigned(text, m[1], harmless_names)
    if assigned is None or assigned and "volatile" in m[0]:
        return text
    for one in reversed(assigned):
        text = text[: one.start()] + (";\n" if _is_alone(one, text) else "") + text[one.end() :]
    call = re.match(r"( +).*? = (\w+\([^;]*\);)", m[0], re.DOTALL)
    kept = f"{call[1]}(void){call[2]}\n" if call and _has_effect(m[0], harmless_names) else ""
    return text[: m.start()] + kept + text[m.end() :]


def quiet(before, text, harmless_names=None):
    """
    Removes variables that are no longer used, and marks unused parameters. With `harmless_names`, other calls that gave
    such a variable its value stay.
    """
    declared = r"^ +(?!return |goto )(?:static )?(?:const )?(?:(?:struct|enum) \w+|\w+)[ *]+(?:const )?(\w+)(?: = [^;]*)?;[^\n]*\n"
    for _ in range(3):
        pointers = list(re.finditer(_POINTER, text, re.MULTILINE))
        for m in sorted([*re.finditer(declared, text, re.MULTILINE), *pointers], key=lambda m: -m.start()):
            is_call = re.match(r" +.*? = \w+\([^;]*\);", m[0], re.DOTALL)
            if is_call or m in pointers or not _has_effect(m[0], harmless_names):
                text = _without_variable(m, text, harmless_names) if _is_unread(m, text) else text
    for m in reversed(list(re.finditer(declared, text, re.MULTILINE))):
        name = m.group(1)
        if "=" not in m.group(0) and words(text).count(name) == 1 + len(
            re.findall(rf"^\s+{name} = ", text, re.MULTILINE)
        ):
            text = f"{text[:m.end()]}    (void){name};\n{text[m.end():]}"
    head, inside = text.split("\n{\n", 1)
    names = re.findall(r"(\w+)(?:\[[^\]]*\])?\s*(?=[,)])", head[head.index("(") :])
    lost = [
        name for name in names if name not in words(inside) and name in words(before.split("\n{\n", 1)[1])
    ]
    inside = re.sub(r"^\n", "", inside)
    return head + "\n{\n" + "".join(f"    (void){name};\n" for name in lost) + inside
