"""Whether the portal is worth another try: a closed door stops all cases, not each of them by itself."""

import time

from bot import exits

PAUSES_S = (5.0, 15.0, 45.0)
"""After the first, second and third time in a row that the portal was not there; then it is left for today."""
CHANGED_IN_A_ROW = 2
"""One page that is not as the map says may be one case's matter; two are the portal's."""


class Gate:
    """Counts what the portal answered in a row."""

    def __init__(self) -> None:
        self.exit_code = exits.DONE
        self.message = ""
        """Why it was shut for good."""
        self._missed = 0
        self._changed = 0
        self._opens_at = 0.0

    @property
    def is_open(self) -> bool:
        """Cases may be sent now."""
        return not self.is_shut and time.monotonic() >= self._opens_at

    @property
    def is_shut(self) -> bool:
        """No case will be sent any more in this run."""
        return self.exit_code != exits.DONE

    def passed(self, exit_code: int) -> None:
        """Note how a case that reached the portal ended."""
        self._missed = 0
        self._changed = self._changed + 1 if exit_code == exits.CHANGED else 0
        if self._changed >= CHANGED_IN_A_ROW:
            self._shut(exit_code, "门户的页面接连两件与地图不符，其余各件没有开始办理。")

    def missed(self, exit_code: int, message: str, *, is_passing: bool) -> None:
        """Note that a case could not even begin."""
        if not is_passing or self._missed >= len(PAUSES_S):
            self._shut(exit_code, message)
            return
        self._opens_at = time.monotonic() + PAUSES_S[self._missed]
        self._missed += 1

    def _shut(self, exit_code: int, message: str) -> None:
        self.exit_code, self.message = exit_code, message
