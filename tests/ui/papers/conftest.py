"""The real station for the tests of this screen."""

from tests.ui.screen_kit import screen_home, shops

__all__ = ["screen_home", "shops"]
