"""Sans-IO codecs, one file per protocol family: bytes are fed, frames or junk come out; commands are encoded.

No lines, clocks, threads or readings may come in here: a codec is as pure as its manual.
"""
