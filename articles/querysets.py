"""Named queries for articles."""

from portal.querysets import DatedQuerySet


class ArticleQuerySet(DatedQuerySet):
    def with_cards(self) -> "ArticleQuerySet":
        """With the pictures. The body is loaded: whether a story goes on decides where its link leads."""
        return self.select_related("picture")
