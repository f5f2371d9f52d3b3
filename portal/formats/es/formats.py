"""Numbers as they are written in the United States, in Spanish too; Django's own are those of Spain."""

DECIMAL_SEPARATOR = "."
THOUSAND_SEPARATOR = ","
