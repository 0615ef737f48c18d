"""The conditions of a checklist (``relevant``, ``constraint``): a small subset of XLSForm's expressions. Pure.

The phone evaluates the same text with ``phone/src/expressions/expressions.ts``; ``tests/checklists/expressions.json``
and a property test hold the two equal. What lies outside the subset is refused when a workbook comes in,
never guessed at.

Grammar, loosest first: ``or``, ``and``, one comparison (``= != < <= > >=``), then a number, a text in quotes, ``.``
(the answer itself), ``${item}``, ``true()``, ``false()``, ``today()`` (the day of the visit), ``not(…)``,
``selected(answer, 'option')``, ``string-length(answer)``, or anything of these in parentheses.

Values are those of XPath 1.0: an answer that was not given is the empty text, one of several options is their names
with spaces between. Where a comparison needs a number, a text that is a plain decimal is that number, an ISO day is the
count of days since 1/1/1970, and anything else is NaN, which equals nothing and is neither above nor below.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

LONGEST = 2000
DEEPEST = 30
BLANK = " \t\r\n"
_TOKEN = re.compile(
    r"[ \t\r\n]*(?:(?P<reference>\$\{[ ]*(?P<name>[A-Za-z_][A-Za-z0-9_.-]*)[ ]*\})"
    r"|(?P<number>-?[0-9]{1,15}(?:\.[0-9]{1,10})?(?![0-9.]))"
    r"|(?P<text>'[^']*'|\"[^\"]*\")|(?P<word>[a-z]+(?:-[a-z]+)*)(?![A-Za-z0-9_])|(?P<sign>!=|<=|>=|[=<>().,]))"
)
_DECIMAL = re.compile(r"-?[0-9]{1,15}(?:\.[0-9]{1,10})?")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_EPOCH = date(1970, 1, 1).toordinal()
COMPARISONS = ("=", "!=", "<", "<=", ">", ">=")

Value = str | float | bool


class ExpressionError(ValueError):
    """An expression is outside the subset; ``at`` counts characters from 1, ``near`` is what stands there."""

    def __init__(self, at: int, near: str) -> None:
        super().__init__(f"character {at}: {near!r}")
        self.at, self.near = at, near


@dataclass(frozen=True, slots=True)
class Node:
    """A part of an expression: an operator or a function with its operands, or a literal or a reference with its
    ``value``."""

    kind: str
    value: str | float = ""
    parts: tuple[Node, ...] = ()

    def references(self) -> Iterator[str]:
        """The items that it speaks of; ``.`` for the answer itself."""
        if self.kind in ("reference", "self"):
            yield str(self.value)
        for part in self.parts:
            yield from part.references()


@dataclass(slots=True)
class _Token:
    kind: str
    text: str
    at: int


def parse(text: str) -> Node:
    """The expression ``text``.

    :raises ExpressionError: when it is empty, too long, or outside the subset.
    """
    if len(text) > LONGEST:
        raise ExpressionError(LONGEST, "…")
    parser = _Parser(text, _tokens(text))
    node = parser.alternatives(0)
    parser.end()
    return node


def _tokens(text: str) -> list[_Token]:
    tokens, at, stop = [], 0, len(text.rstrip(BLANK))
    while at < stop:
        found = _TOKEN.match(text, at)
        if found is None or found.lastgroup is None:
            start = at + len(text[at:]) - len(text[at:].lstrip(BLANK))
            raise ExpressionError(start + 1, text[start : start + 20])
        for kind in ("reference", "number", "text", "word", "sign"):
            if found.group(kind) is not None:
                value = found.group("name") if kind == "reference" else found.group(kind)
                tokens.append(_Token(kind, value, found.start(kind) + 1))
        at = found.end()
    return tokens


class _Parser:
    def __init__(self, text: str, tokens: list[_Token]) -> None:
        self.tokens, self.at = tokens, 0
        self.finish = _Token("end", "", len(text.rstrip(BLANK)) + 1)

    @property
    def next(self) -> _Token:
        return self.tokens[self.at] if self.at < len(self.tokens) else self.finish

    def refuse(self) -> ExpressionError:
        return ExpressionError(self.next.at, self.next.text)

    def take(self, kind: str, *texts: str) -> str | None:
        token = self.next
        if token.kind != kind or (texts and token.text not in texts):
            return None
        self.at += 1
        return token.text

    def must(self, sign: str) -> None:
        if self.take("sign", sign) is None:
            raise self.refuse()

    def end(self) -> None:
        if self.next.kind != "end":
            raise self.refuse()

    def alternatives(self, depth: int) -> Node:
        return self.chain("or", depth, lambda: self.chain("and", depth, lambda: self.comparison(depth)))

    def chain(self, word: str, depth: int, operand: Callable[[], Node]) -> Node:
        parts = [operand()]
        while self.take("word", word):
            parts.append(operand())
        return parts[0] if len(parts) == 1 else Node(word, parts=tuple(parts))

    def comparison(self, depth: int) -> Node:
        left = self.operand(depth)
        sign = self.take("sign", *COMPARISONS)
        return left if sign is None else Node(sign, parts=(left, self.operand(depth)))

    def operand(self, depth: int) -> Node:
        if depth >= DEEPEST:
            raise self.refuse()
        if self.take("sign", "("):
            inside = self.alternatives(depth + 1)
            self.must(")")
            return inside
        number = self.take("number")
        if number is not None:
            return Node("number", float(number))
        text = self.take("text")
        if text is not None:
            return Node("text", text[1:-1])
        answer = self.answer()
        return answer if answer is not None else self.function(depth)

    def answer(self) -> Node | None:
        if self.take("sign", "."):
            return Node("self", ".")
        name = self.take("reference")
        return None if name is None else Node("reference", name)

    def function(self, depth: int) -> Node:
        name = self.take("word", "true", "false", "today", "not", "selected", "string-length")
        if name is None:
            raise self.refuse()
        self.must("(")
        parts: tuple[Node, ...] = ()
        if name == "not":
            parts = (self.alternatives(depth + 1),)
        elif name in ("selected", "string-length"):
            answer = self.answer()
            if answer is None:
                raise self.refuse()
            parts = (answer,)
        if name == "selected":
            self.must(",")
            option = self.take("text")
            if option is None:
                raise self.refuse()
            parts = (*parts, Node("text", option[1:-1]))
        self.must(")")
        return Node(name, parts=parts)


def evaluate(node: Node, answers: Mapping[str, str], own: str, today: date) -> Value:
    """The value of an expression. ``answers`` are by item, ``own`` is the answer that ``.`` means, both as texts; an
    answer that is missing is empty. ``today`` is the day of the visit."""
    if node.kind in ("and", "or"):
        test = all if node.kind == "and" else any
        return test(truth(evaluate(part, answers, own, today)) for part in node.parts)
    if not node.parts:
        return _leaf(node, answers, own, today)
    values = [evaluate(part, answers, own, today) for part in node.parts]
    match node.kind:
        case "not":
            return not truth(values[0])
        case "selected":
            return values[1] in str(values[0]).split(" ")
        case "string-length":
            return float(len(str(values[0])))
        case _:
            return _compare(node.kind, values[0], values[1])


def _leaf(node: Node, answers: Mapping[str, str], own: str, today: date) -> Value:
    match node.kind:
        case "self":
            return own
        case "reference":
            return answers.get(str(node.value), "")
        case "today":
            return today.isoformat()
        case "true" | "false":
            return node.kind == "true"
        case _:
            return node.value


def holds(text: str, answers: Mapping[str, str], own: str, today: date) -> bool:
    """Whether the condition ``text`` is met; see :func:`evaluate`.

    :raises ExpressionError: when it is outside the subset.
    """
    return truth(evaluate(parse(text), answers, own, today))


def truth(value: Value) -> bool:
    """Whether a value counts as true: a number that is neither zero nor NaN, a text that is not empty."""
    if isinstance(value, float):
        return value != 0 and not math.isnan(value)
    return bool(value)


def _compare(sign: str, left: Value, right: Value) -> bool:
    if sign in ("=", "!="):
        if isinstance(left, bool) or isinstance(right, bool):
            equal = truth(left) == truth(right)
        elif isinstance(left, float) or isinstance(right, float):
            equal = _number(left) == _number(right)
        else:
            equal = left == right
        return equal == (sign == "=")
    first, second = _number(left), _number(right)
    match sign:
        case "<":
            return first < second
        case "<=":
            return first <= second
        case ">":
            return first > second
        case _:
            return first >= second


def _number(value: Value) -> float:
    if not isinstance(value, str):
        return float(value)
    if _DECIMAL.fullmatch(value):
        return float(value)
    if _DAY.fullmatch(value):
        try:
            return float(date.fromisoformat(value).toordinal() - _EPOCH)
        except ValueError:
            return math.nan
    return math.nan


def bounds(text: str) -> tuple[float | None, float | None]:
    """The least and the greatest number that a constraint such as ``. >= 0 and . <= 100`` allows, both inclusive;
    None where it says nothing so simple."""
    node = parse(text)
    low: float | None = None
    high: float | None = None
    for part in node.parts if node.kind == "and" else (node,):
        if [each.kind for each in part.parts] == ["self", "number"]:
            limit = float(part.parts[1].value)
            low, high = (limit if part.kind == ">=" else low), (limit if part.kind == "<=" else high)
    return low, high
