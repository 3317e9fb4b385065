"""Checksums of the published device protocols."""

from __future__ import annotations

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def xor(data: bytes | bytearray) -> int:
    """XOR of all bytes: lock boards over the bytes before it, card readers over all after the preamble."""
    value = 0
    for byte in data:
        value ^= byte
    return value


def add(data: bytes | bytearray) -> int:
    """Sum of all bytes modulo 256 (UHF modules: type to last parameter)."""
    return sum(data) & 0xFF


def crc_gen2(data: bytes) -> int:
    """CRC-16/GENIBUS of a Gen2 tag over PC and EPC: polynomial 1021, start FFFF, inverted at the end."""
    crc = 0xFFFF
    for byte in data:
        crc ^= byte << 8
        for _ in range(8):
            crc = ((crc << 1) ^ 0x1021) & 0xFFFF if crc & 0x8000 else (crc << 1) & 0xFFFF
    return crc ^ 0xFFFF


def id_check_digit(first_17: str) -> str:
    """Check character of a citizen identity number after GB 11643, from its first 17 digits."""
    if len(first_17) != 17 or not (first_17.isascii() and first_17.isdigit()):
        raise ValueError("the check digit is calculated from 17 digits")
    total = sum(int(digit) * weight for digit, weight in zip(first_17, _WEIGHTS, strict=True))
    return "10X98765432"[total % 11]
