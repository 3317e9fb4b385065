"""The preview of a paper over the screen it was asked from: its pages, zoom, printing and saving.

To look is noted in the access log; to print or to save is a print and stands in the record.
"""
