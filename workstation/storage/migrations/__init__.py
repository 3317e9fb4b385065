"""Steps that raise an older store to the newest tables, run by Alembic; projections have none.

`entry` and `body` never change shape. Nothing but these steps and Alembic's environment comes in here.
"""
