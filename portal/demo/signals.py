"""For apps with demo content that isn't pages, snippets or files; `folder` is that of the content.

Receivers run in the transaction of the loader: what they raise undoes everything.
"""

from django.dispatch import Signal

demo_loaded = Signal()
demo_wiped = Signal()
