"""Reads the files of ED Data Express: what a ZIP or CSV holds, row by row, and what is wrong with it."""
