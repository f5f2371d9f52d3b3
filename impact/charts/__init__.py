"""Charts as plain values: every coordinate is worked out here, templates/impact/charts/ prints them as SVG.

Coordinates are strings with a point, so that no language of a page changes them.
"""
