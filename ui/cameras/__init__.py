"""The camera wall: live pictures of what is shown, each with its health; a picture that is not live says so.

Only cameras on screen are asked for pictures. No other screen is known here.
"""
