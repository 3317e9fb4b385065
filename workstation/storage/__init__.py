"""The store on disk: the record of entries with the tables that live off it, their keys and their faults.

SQLAlchemy and SQLCipher are used here and nowhere else; a failure of theirs leaves the room as a StoreError
that names what happened and what to do. No rule of custody is decided here and nothing is shown from here.
"""
