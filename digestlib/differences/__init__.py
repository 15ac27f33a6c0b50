"""What changed between two drafts: in papers, figures and terms, not in lines; pure."""

from __future__ import annotations

from .drafts import Differences, Edited, Move, compare_drafts
from .passages import Change
from .told import render_differences

__all__ = ["Change", "Differences", "Edited", "Move", "compare_drafts", "render_differences"]
