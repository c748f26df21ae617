"""Modules that are loaded when they are first used: the web server alone takes a second, and few commands need it."""

import importlib.util
import sys
from types import ModuleType


def module(name: str) -> ModuleType:
    """Return a module whose code runs when something of it is first asked for.

    Type checkers do not see through it: import the module as usual under `if TYPE_CHECKING`.
    """
    if name in sys.modules:
        return sys.modules[name]
    spec = importlib.util.find_spec(name)
    if spec is None or spec.loader is None:
        raise ModuleNotFoundError(name)
    spec.loader = importlib.util.LazyLoader(spec.loader)
    found = importlib.util.module_from_spec(spec)
    sys.modules[name] = found
    spec.loader.exec_module(found)
    return found
