"""Sends a request that changes something at most once.

Chromium by itself sends a POST again when the connection drops before an answer, so a portal that had
committed by then would get a filing twice (measured with Chromium 156). The last request is therefore taken
out of its hands, sent by a client that never repeats, and the answer is handed back to the page.
"""

import httpx
from playwright.sync_api import Route

NOT_PASSED_ON = frozenset(
    {"content-encoding", "content-length", "transfer-encoding", "connection", "keep-alive"}
)


class SendOnce:
    """A route handler; afterwards it knows whether the portal may still be at work."""

    def __init__(self, limit_s: float) -> None:
        self._limit_s = limit_s
        self.unanswered = False

    def __call__(self, route: Route) -> None:
        """Let reading pass; send anything else ourselves."""
        if route.request.method in {"GET", "HEAD"}:
            route.fallback()
            return
        try:
            answer = self._send(route)
        except (httpx.ReadTimeout, httpx.WriteTimeout):  # whoever waits no longer may be at work all the same
            self.unanswered = True
            route.abort("timedout")
        except httpx.HTTPError:
            route.abort("connectionfailed")
        else:
            route.fulfill(status=answer.status_code, headers=_headers(answer), body=answer.content)

    def _send(self, route: Route) -> httpx.Response:
        request = route.request
        headers = {name: value for name, value in request.headers.items() if not name.startswith(":")}
        cookies = request.frame.page.context.cookies(request.url)
        headers["cookie"] = "; ".join(f"{cookie['name']}={cookie['value']}" for cookie in cookies)
        headers.pop("content-length", None)
        with httpx.Client(timeout=self._limit_s, trust_env=False, follow_redirects=False) as client:
            return client.request(
                request.method, request.url, headers=headers, content=request.post_data_buffer
            )


def _headers(answer: httpx.Response) -> dict[str, str]:
    names = {name for name in answer.headers if name not in NOT_PASSED_ON}
    return {name: "\n".join(answer.headers.get_list(name)) for name in names}
