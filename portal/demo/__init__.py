"""Demo content as files, and what loads it into an empty portal: see README.md for the format."""
