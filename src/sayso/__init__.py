"""sayso: on whose say-so do we know this?"""
