# SPDX-License-Identifier: GPL-3.0-or-later
"""What a message field may hold: one small rule a kind of value, each naming the field it refuses."""

from __future__ import annotations

import math
from dataclasses import dataclass
from numbers import Integral, Real
from typing import Any

import numpy as np


class ProtocolError(ValueError):
    """A message that breaks the protocol.

    Attributes:
        field: the offending field; `header`, `version`, `type` or `frames` where the envelope itself is at fault.
        message: what was expected and what came.
        request_id: the id of the message at fault where it could be read, else the empty string.
    """

    def __init__(self, field: str, message: str, request_id: str = "") -> None:
        super().__init__(f"{field}: {message}")
        self.field = field
        self.message = message
        self.request_id = request_id


def quoted(value: object) -> str:
    """A value as it came, short enough for an error message of one line."""
    try:
        text = repr(value)
    except (ValueError, RecursionError):  # an integer of thousands of digits, a list inside itself
        text = f"a value of type {type(value).__name__}"
    return text if len(text) <= 60 else text[:57] + "..."


@dataclass(frozen=True)
class Text:
    """A string of `minimum` to `maximum` characters; with a minimum, at least one of them is not white space."""

    minimum: int
    maximum: int

    def check(self, field: str, value: object) -> str:
        if not isinstance(value, str):
            raise ProtocolError(field, f"expected text, {quoted(value)} came")
        if len(value) > self.maximum:
            raise ProtocolError(field, f"expected at most {self.maximum} characters, {len(value)} came")
        if len(value) < self.minimum or (self.minimum and not value.strip()):
            raise ProtocolError(field, f"expected at least {self.minimum} characters, {quoted(value)} came")
        try:
            value.encode("utf-8")
        except UnicodeEncodeError:
            raise ProtocolError(field, f"expected text that is valid Unicode, {quoted(value)} came") from None
        return str(value)


@dataclass(frozen=True)
class Choice:
    """One of some names."""

    names: tuple[str, ...]

    def check(self, field: str, value: object) -> str:
        if not isinstance(value, str) or value not in self.names:
            raise ProtocolError(field, f"expected one of {', '.join(self.names)}; {quoted(value)} came")
        return str(value)


@dataclass(frozen=True)
class Flag:
    """True or false."""

    def check(self, field: str, value: object) -> bool:
        if not isinstance(value, bool | np.bool_):
            raise ProtocolError(field, f"expected true or false, {quoted(value)} came")
        return bool(value)


@dataclass(frozen=True)
class WholeNumber:
    """An integer from `minimum` to `maximum`, both included; None as well where `optional`."""

    minimum: int
    maximum: int
    optional: bool = False

    def check(self, field: str, value: object) -> int | None:
        if value is None and self.optional:
            return None
        if isinstance(value, bool) or not isinstance(value, Integral):
            raise ProtocolError(field, f"expected a whole number, {quoted(value)} came")
        if not self.minimum <= int(value) <= self.maximum:
            raise ProtocolError(
                field, f"expected a whole number from {self.minimum} to {self.maximum}, {quoted(value)} came"
            )
        return int(value)


@dataclass(frozen=True)
class Number:
    """A finite number from `minimum` to `maximum`, both included; None as well where `optional`."""

    minimum: float
    maximum: float
    optional: bool = False

    def check(self, field: str, value: object) -> float | None:
        if value is None and self.optional:
            return None
        if isinstance(value, bool) or not isinstance(value, Real):
            raise ProtocolError(field, f"expected a number, {quoted(value)} came")
        number: Any = value
        # Compared before float(), which overflows on very large integers; NaN fails the comparison.
        if not self.minimum <= number <= self.maximum or not math.isfinite(number):
            raise ProtocolError(
                field, f"expected a finite number from {self.minimum:g} to {self.maximum:g}, {quoted(value)} came"
            )
        return float(number)


@dataclass(frozen=True)
class Items:
    """`minimum` to `maximum` items that each follow `item`."""

    item: Text | Choice | WholeNumber
    minimum: int
    maximum: int

    def check(self, field: str, value: object) -> tuple[Any, ...]:
        if not isinstance(value, list | tuple):
            raise ProtocolError(field, f"expected a list, {quoted(value)} came")
        if not self.minimum <= len(value) <= self.maximum:
            raise ProtocolError(field, f"expected {self.minimum} to {self.maximum} items, {len(value)} came")
        return tuple(self.item.check(f"{field}[{index}]", entry) for index, entry in enumerate(value))


@dataclass(frozen=True)
class Array:
    """A finite float32 array; a dimension is a number, or a name that must agree across the arrays of one message.

    It travels as a shape in the header and as one raw little-endian float32 frame behind it.
    """

    shape: tuple[int | str, ...]
    optional: bool = False

    def check(self, field: str, value: object) -> np.ndarray | None:
        if value is None and self.optional:
            return None
        if not isinstance(value, np.ndarray) or value.dtype.kind != "f":
            raise ProtocolError(field, f"expected an array of floats of shape {self._wanted()}, {quoted(value)} came")
        self.check_shape(field, value.shape)
        with np.errstate(over="ignore"):  # a float64 too large for float32 becomes inf and is refused below
            array = np.ascontiguousarray(value, dtype="<f4")
        if not np.isfinite(array).all():
            raise ProtocolError(field, "expected finite values, NaN or infinity came")
        return array

    def check_shape(self, field: str, shape: object) -> tuple[int, ...]:
        """The shape as a tuple of positive integers that fits the rule, or ProtocolError."""
        if (
            not isinstance(shape, list | tuple)
            or len(shape) != len(self.shape)
            or not all(isinstance(size, int) and not isinstance(size, bool) and size >= 1 for size in shape)
            or any(isinstance(want, int) and want != size for want, size in zip(self.shape, shape, strict=True))
        ):
            raise ProtocolError(field, f"expected the shape {self._wanted()}, {quoted(shape)} came")
        return tuple(shape)

    def _wanted(self) -> str:
        return "(" + ", ".join(str(size) for size in self.shape) + ")"


Rule = Text | Choice | Flag | WholeNumber | Number | Items | Array
