"""What the loader of the demo content has made, so that it never makes or overwrites a thing twice."""

from django.contrib.contenttypes.models import ContentType
from django.db import models


class DemoItem(models.Model):
    """A thing that came from the demo content, under the key that it has there.

    The row stays when an editor deletes the thing: that is how the loader knows not to make it again.
    """

    key = models.CharField(max_length=100, unique=True)
    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+")
    object_id = models.PositiveBigIntegerField()
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.key

    def find(self) -> models.Model | None:
        """The thing itself, or None when an editor has deleted it."""
        model = self.content_type.model_class()
        return model._default_manager.filter(pk=self.object_id).first() if model else None
