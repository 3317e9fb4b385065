"""The recorder of a session: every act of the person at the window as a line of JSON, for operator time.

Practice only, off unless asked for, and said on the screen while it runs. It watches and changes nothing; secrets
are counted and never written. What each act costs is not known here.
"""
