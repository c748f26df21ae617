"""One module for each kind of paper: its layouts, and the truth of what it says.

A module has `LAYOUTS` (name -> drawing), `SPLITS` (split -> the layouts of that split) and `truth(company)`.
"""

from collections.abc import Callable

from tests.specimens.easel import Easel
from tests.specimens.people import Company

Layout = Callable[[Company, Easel], None]
