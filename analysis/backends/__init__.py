"""Other ways to a vector than our own arithmetic: another library for the same weights, or an owner's model.

A faster way is proven against our own on the machine it is to run on (`gate`), never chosen blindly.
"""
