"""Who may do what with a page, where Wagtail would allow more."""

from wagtail.models import PagePermissionTester


class BasePermissionTester(PagePermissionTester):
    """Whoever may not publish a page deletes and moves only drafts of his own, and none that others look at by now."""

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        return super().can_delete(ignore_bulk) and (super().can_publish() or self._is_own_draft())

    def _is_own_draft(self) -> bool:
        page = self.page
        return page.owner_id == self.user.pk and not page.workflow_in_progress and not page.approved_schedule


class ListPermissionTester(BasePermissionTester):
    """Whoever may publish below a list, as editors do, does not thereby have the list itself."""

    def can_publish(self) -> bool:
        return super().can_publish() and self._has_section()

    def can_unpublish(self) -> bool:
        return super().can_unpublish() and self._has_section()

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        return super().can_delete(ignore_bulk) and (self._has_section() or not self.page.live)

    def _has_section(self) -> bool:
        """Whether somebody may publish a page above the list, too."""
        return self.user.is_superuser or any(
            granted.permission.codename == "publish_page" and granted.page.path in self._paths_above()
            for granted in self.permission_policy.get_cached_permissions_for_user(self.user)
        )

    def _paths_above(self) -> set[str]:
        path, step = self.page.path, self.page.steplen
        return {path[:end] for end in range(step, len(path), step)}
