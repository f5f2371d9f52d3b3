"""Pictures and files, with what a public office must say about them."""

from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument, Document
from wagtail.images.models import AbstractImage, AbstractRendition, Image
from wagtail.search import index

from portal.pictures import Picture, picture_of


class PortalImage(AbstractImage):
    """A picture. Its description is the text for people who don't see it, unless a page gives a better one."""

    description = models.CharField(
        _("description for people who don't see the picture"),
        max_length=255,
        help_text=_("What the picture shows, in one sentence. Every page that uses the picture starts from this text."),
    )
    credit = models.CharField(
        _("credit"), max_length=255, blank=True, help_text=_("Who made the picture, if that must be said.")
    )
    rendition_files = models.JSONField(
        editable=False, null=True, help_text=_("Names of the files made for visitors, by format and width.")
    )

    admin_form_fields = ("title", "file", "description", *Image.admin_form_fields[2:], "credit")
    search_fields = [*AbstractImage.search_fields, index.SearchField("credit")]

    class Meta(AbstractImage.Meta):
        verbose_name = _("image")
        verbose_name_plural = _("images")

    @cached_property
    def picture(self) -> Picture | None:
        """What a template shows, or None while no file is ready."""
        return picture_of(self)


class PortalRendition(AbstractRendition):
    """A file made from an image, for one width and format."""

    image = models.ForeignKey(PortalImage, related_name="renditions", on_delete=models.CASCADE)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=("image", "filter_spec", "focal_point_key"), name="unique_rendition")
        ]


class PortalDocument(AbstractDocument):
    """A file to download, with what a reader wants to know before loading it."""

    class Language(models.TextChoices):
        ENGLISH = "en", _("English")
        SPANISH = "es", _("Spanish")

    description = models.TextField(_("description"), blank=True, help_text=_("What is in the file, in a sentence."))
    published_on = models.DateField(_("date of the document"), null=True, blank=True)
    language = models.CharField(_("language"), max_length=8, choices=Language, default=Language.ENGLISH)

    admin_form_fields = (*Document.admin_form_fields, "description", "published_on", "language")
    search_fields = [*AbstractDocument.search_fields, index.SearchField("description")]

    class Meta(AbstractDocument.Meta):
        verbose_name = _("document")
        verbose_name_plural = _("documents")
