"""Put prompts/, cassettes/ and examples/ into the wheel as package data; editable installs skip it."""

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

FOLDERS = ("prompts", "cassettes", "examples")


class DataFolders(BuildHookInterface):  # type: ignore[type-arg]  # hatchling leaves the parameter open
    """Adds the top-level data folders to a standard wheel."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Include each data folder under `digestlib/_data/`."""
        if self.target_name != "wheel" or version != "standard":
            return
        for folder in FOLDERS:
            source = Path(self.root) / folder
            build_data["force_include"][str(source)] = f"digestlib/_data/{folder}"
