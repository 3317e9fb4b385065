"""Every expected error: a normal day gone wrong, told with a code, its values and advice.

An `AppError` is part of the job (a reader is silent, a disk is full, a request is refused) and is shown to
the officer in their language. Anything else that is raised is a bug.
"""

from __future__ import annotations


class AppError(Exception):
    """An expected error, named by a catalogue code.

    The catalogue holds the sentence under `code` and the advice under `code + ".advice"`, in every language;
    `values` fill their placeholders and are shown literally.
    """

    def __init__(self, code: str, /, **values: str | int) -> None:
        super().__init__(code, values)
        self.code = code
        self.values: dict[str, str | int] = values

    def __str__(self) -> str:
        listed = ", ".join(f"{name}={value!r}" for name, value in self.values.items())
        return f"{self.code}({listed})"


class SettingsError(AppError):
    """The settings file, or a rule pack, or another shipped file cannot be used as it is."""


class StoreError(AppError):
    """The store cannot be opened, read or written: damaged, newer, locked, full or read-only."""


class DeviceError(AppError):
    """A device did not do what it was asked; its state is unknown until it is read again."""


class BadReply(DeviceError):
    """Bytes came back that the manual does not describe; they are never guessed at."""


class NoReply(DeviceError):
    """Nothing came back within the time the manual gives the device."""


class LineLost(DeviceError):
    """The line itself is gone: unplugged, refused or closed at the far end."""


class LinkError(AppError):
    """The window and the station cannot talk: absent, of another version, or not authorised."""
