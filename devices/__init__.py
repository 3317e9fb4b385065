"""Devices of the building: bytes on a line in, readings out.

Holds transports, codecs, one plain class per device, cameras, the rack and the bench. No Qt, no database and
no rule of the procedure comes in here; readings and ports come from `workstation`.
"""
