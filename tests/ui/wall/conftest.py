"""The wall on the real station."""

from __future__ import annotations

from tests.ui.screen_kit import screen_home, shops

__all__ = ["screen_home", "shops"]
