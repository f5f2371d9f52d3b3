"""The subjects that updates are filed under."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.search import index


class Topic(index.Indexed, models.Model):
    """A subject, such as "Eligibility", that visitors can filter updates by."""

    name = models.CharField(_("name"), max_length=80, unique=True)
    slug = models.SlugField(
        _("short name in addresses"),
        max_length=80,
        unique=True,
        help_text=_("Part of the address of the filtered list. Links to the list break when it changes."),
    )
    description = models.CharField(
        _("description"), max_length=200, blank=True, help_text=_("For editors: what belongs under this topic.")
    )
    sort_order = models.PositiveIntegerField(_("order"), default=0, editable=False)

    sort_order_field = "sort_order"
    panels = [FieldPanel("name"), FieldPanel("slug"), FieldPanel("description")]
    search_fields = [index.SearchField("name"), index.AutocompleteField("name")]

    class Meta:
        ordering = ["sort_order", "name"]
        verbose_name = _("topic")
        verbose_name_plural = _("topics")

    def __str__(self) -> str:
        return self.name

    def save(self, *args, **kwargs) -> None:
        """A new topic goes to the end, from where it can be dragged: two at one place could not be told apart."""
        if self._state.adding and not self.sort_order:
            self.sort_order = (Topic.objects.aggregate(models.Max("sort_order"))["sort_order__max"] or 0) + 1
        super().save(*args, **kwargs)
