"""Numbers as Chinese forms write them: 大写, so that a figure cannot be altered with a stroke."""

from __future__ import annotations

_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("", "拾", "佰", "仟")
_GROUPS = ("", "万", "亿", "万亿")
LARGEST = 10**16 - 1


def capital(number: int) -> str:
    """`1005` → 壹仟零伍. 0 … 10¹⁶ − 1; raises ValueError outside."""
    if not 0 <= number <= LARGEST:
        raise ValueError("a number of a paper lies between 0 and 9 999 999 999 999 999")
    if number == 0:
        return _DIGITS[0]
    written = ""
    groups = []
    rest = number
    while rest:
        rest, group = divmod(rest, 10_000)
        groups.append(group)
    gap = False
    for index in range(len(groups) - 1, -1, -1):
        group = groups[index]
        if group == 0:
            gap = True
            continue
        if written and (gap or group < 1000):
            written += _DIGITS[0]
        written += _group(group) + _GROUPS[index]
        gap = False
    return written


def _group(number: int) -> str:
    """1 … 9999 without its leading zeros."""
    written, gap = "", False
    for place in (3, 2, 1, 0):
        digit = number // 10**place % 10
        if digit == 0:
            gap = gap or bool(written)
            continue
        if gap:
            written += _DIGITS[0]
            gap = False
        written += _DIGITS[digit] + _PLACES[place]
    return written


def yuan(fen: int) -> str:
    """`12345` fen → 人民币壹佰贰拾叁元肆角伍分 (支付结算办法, annex on writing amounts)."""
    whole, rest = divmod(fen, 100)
    jiao, cent = divmod(rest, 10)
    written = "人民币" + (capital(whole) + "元" if whole or not rest else "")
    if jiao:
        written += _DIGITS[jiao] + "角"
    elif cent and whole:
        written += _DIGITS[0]
    return written + (_DIGITS[cent] + "分" if cent else "整")
