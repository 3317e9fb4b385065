"""Bytes to readings and back: lines, codecs, adapters, cameras, the rack, the bench and simulators.

Adapters implement the protocols of `workstation.ports` and give values of `workstation.readings`. Nothing in
here knows a screen, a database or a rule of custody; simulators are used by the bench, their own command and
tests only.
"""
