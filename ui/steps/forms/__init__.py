"""What is asked for each task, as data: fields, and the commands that follow from what was filled in.

No widgets and no Qt come in here, and no judgement of a person is ever filled in beforehand.
"""
