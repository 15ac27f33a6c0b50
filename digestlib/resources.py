"""Where prompts, cassettes and examples are: in the checkout if there is one, else in the package."""

from pathlib import Path
from typing import Literal

_PACKAGE = Path(__file__).resolve().parent


def resource_dir(name: Literal["prompts", "cassettes", "examples"]) -> Path:
    """The folder of that name that belongs to this copy of digestlib."""
    checkout = _PACKAGE.parent
    if (checkout / "pyproject.toml").is_file() and (checkout / name).is_dir():
        return checkout / name
    return _PACKAGE / "_data" / name
