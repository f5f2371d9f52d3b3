"""What a list or the home page shows of an article, as plain values that a cache can keep."""

from dataclasses import dataclass
from datetime import date

from django.utils.safestring import SafeString

from portal.pictures import Picture


@dataclass(frozen=True)
class ArticleCard:
    """`lead` and `citation` are safe HTML; `link` is where "Read the Article" leads, "" when nowhere."""

    title: str
    url: str
    date: date
    kind: str
    summary: str
    subtitle: str
    citation: SafeString
    quote: str
    attribution: str
    lead: SafeString
    picture: Picture | None
    picture_alt: str
    link: str
    link_text: str
