"""Tags that need nothing but what is in the context already."""

from django import template
from django.utils.safestring import SafeString, mark_safe

register = template.Library()


@register.simple_tag(takes_context=True)
def aria_current(context: template.Context, url: str) -> SafeString:
    """` aria-current="page"` on the link to this page, `"true"` on the link to the section that it is in."""
    request = context.get("request")
    if not request or not url:
        return SafeString("")
    if request.path == url:
        return mark_safe(' aria-current="page"')
    if url != "/" and request.path.startswith(url):
        return mark_safe(' aria-current="true"')
    return SafeString("")
