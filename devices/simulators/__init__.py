"""A simulated centre behind real wires: the world, one protocol head per device family, faults, wires,
control.

A head knows the manual of its device and nothing of our adapters. Nothing that runs live may import this
room: only the bench, its own command and tests do.
"""
