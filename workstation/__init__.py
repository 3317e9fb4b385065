"""The working rules of a case-handling centre and the exact record of what happened.

Holds no screen and no device: Qt, serial lines and cameras never come in here. Rooms, top to bottom
(each may import only those below it): station, services, storage, then documents, accounts, ledger and
law side by side, custody, then ports, readings and roles, clock, settings, catalogue, errors.
"""
