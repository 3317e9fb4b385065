"""`python -m ui`: the same as the command `onestop`."""

import sys

from ui.cli import main

sys.exit(main())
