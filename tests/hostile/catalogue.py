"""All attacks there are: each module of this folder enters its own into the table."""

import importlib
from pathlib import Path

from tests.hostile.attacks import ATTACKS

for _module in sorted(Path(__file__).parent.glob("attacks_*.py")):
    importlib.import_module(f"tests.hostile.{_module.stem}")

__all__ = ["ATTACKS"]
