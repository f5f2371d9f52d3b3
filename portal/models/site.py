"""What stands around every page: who runs the site, its links and its alert. Nothing of it is written in a template."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, ObjectList, TabbedInterface
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.fields import RichTextField, StreamField
from wagtail.models import PreviewableMixin

from portal.blocks.site import AgencyBlock, FooterColumnBlock, SiteLinkBlock


@register_setting(icon="cog")
class SiteSettings(PreviewableMixin, BaseSiteSetting):
    """The frame of the site: names, parent agencies, contact, links and the alert bar."""

    class AlertKind(models.TextChoices):
        INFO = "info", _("Information")
        WARNING = "warning", _("Warning")
        EMERGENCY = "emergency", _("Emergency")

    site_name = models.CharField(_("name of the site"), max_length=80, default="RESULTS")
    tagline = models.CharField(
        _("tagline"), max_length=160, blank=True, help_text=_("One line that says what the site is for.")
    )
    organisation = models.CharField(_("office that runs the site"), max_length=160, blank=True)
    is_government_site = models.BooleanField(
        _("show the U.S. government banner?"),
        default=False,
        help_text=_("Only for a site whose address ends in .gov or .mil. The banner says that it does."),
    )
    agencies = StreamField(
        [("agency", AgencyBlock())],
        verbose_name=_("parent agencies"),
        blank=True,
        max_num=2,
        help_text=_("The departments that the office belongs to: none, one or two."),
    )

    contact_heading = models.CharField(_("heading"), max_length=80, blank=True, default="Contact")
    contact_email = models.EmailField(_("email"), blank=True)
    contact_phone = models.CharField(_("telephone"), max_length=40, blank=True)
    contact_address = models.TextField(_("postal address"), blank=True)
    contact_page = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("contact page"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    security_contact = models.CharField(
        _("address for security reports"),
        max_length=200,
        blank=True,
        help_text=_("A web address or an email address, shown in security.txt. Empty: the contact email."),
    )

    required_links = StreamField(
        [("link", SiteLinkBlock())],
        verbose_name=_("required links"),
        blank=True,
        help_text=_("Links that every federal site shows: accessibility, FOIA, privacy and the like."),
    )
    footer_columns = StreamField(
        [("column", FooterColumnBlock())], verbose_name=_("footer columns"), blank=True, max_num=4
    )
    social_image = models.ForeignKey(
        "portal.PortalImage",
        verbose_name=_("picture for shared links"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Shown where a page without a picture of its own is shared. 1200 by 630 pixels."),
    )

    alert_kind = models.CharField(_("kind"), max_length=12, choices=AlertKind, default=AlertKind.INFO)
    alert_heading = models.CharField(
        _("heading"), max_length=120, blank=True, help_text=_("An alert without a heading and a text is not shown.")
    )
    alert_text = RichTextField(_("text"), blank=True, features=["bold", "link"])
    alert_start = models.DateTimeField(_("from"), null=True, blank=True, help_text=_("Empty: at once."))
    alert_end = models.DateTimeField(_("until"), null=True, blank=True, help_text=_("Empty: until it is taken away."))

    edit_handler = TabbedInterface(
        [
            ObjectList(
                [
                    MultiFieldPanel(
                        [FieldPanel(name) for name in ("alert_kind", "alert_heading", "alert_text")], _("Alert")
                    ),
                    MultiFieldPanel([FieldPanel("alert_start"), FieldPanel("alert_end")], _("Shown")),
                ],
                heading=_("Alert bar"),
            ),
            ObjectList(
                [
                    FieldPanel(name)
                    for name in (
                        "site_name",
                        "tagline",
                        "organisation",
                        "agencies",
                        "is_government_site",
                        "social_image",
                    )
                ],
                heading=_("Identity"),
            ),
            ObjectList(
                [
                    FieldPanel(name)
                    for name in (
                        "contact_heading",
                        "contact_email",
                        "contact_phone",
                        "contact_address",
                        "contact_page",
                        "security_contact",
                    )
                ],
                heading=_("Contact"),
            ),
            ObjectList([FieldPanel("required_links"), FieldPanel("footer_columns")], heading=_("Links")),
        ]
    )

    class Meta:
        verbose_name = _("site settings")

    def __str__(self) -> str:
        return self.site_name

    def clean(self) -> None:
        super().clean()
        if self.alert_start and self.alert_end and self.alert_end <= self.alert_start:
            raise ValidationError({"alert_end": _("The alert ends before it starts. Choose a later time.")})

    def has_alert(self, now: datetime | None = None) -> bool:
        """Whether the alert bar is to be seen at the given time (default: now)."""
        now = now or timezone.now()
        if not self.alert_heading and not self.alert_text:
            return False
        has_started = self.alert_start is None or self.alert_start <= now
        return has_started and (self.alert_end is None or now < self.alert_end)

    def get_preview_template(self, request, mode_name) -> str:
        return "portal/site_settings_preview.html"

    def get_preview_context(self, request, mode_name) -> dict:
        """The frame as it would be with the settings in the form, around an empty page."""
        from portal.chrome import build_chrome, show_chrome  # noqa: PLC0415 - chrome reads these settings

        return super().get_preview_context(request, mode_name) | {"chrome": show_chrome(build_chrome(self.site, self))}
