"""What Prometheus is told: counts and times by route and state, never by case, tenant or name."""

import time
from collections.abc import Iterator

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from bot.desk import standing
from bot.desk.service import Service

MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8"
_BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 60)


class Metrics:
    """The measures of one process; those of the database are looked up when they are asked for."""

    def __init__(self, service: Service) -> None:
        self._registry = CollectorRegistry()
        self._calls = Counter(
            "zeromeet_http_requests", "HTTP requests", ["method", "route", "status"], registry=self._registry
        )
        self._seconds = Histogram(
            "zeromeet_http_seconds",
            "Time to answer",
            ["method", "route"],
            registry=self._registry,
            buckets=_BUCKETS,
        )
        self._registry.register(_Standing(service))

    def note(self, method: str, route: str, status: int, seconds: float) -> None:
        """Count one request."""
        self._calls.labels(method, route, str(status)).inc()
        self._seconds.labels(method, route).observe(seconds)

    def text(self) -> bytes:
        """Return everything in the exposition format."""
        return generate_latest(self._registry)


class _Standing(Collector):
    """Where cases and messages stand, at most every few seconds."""

    _FRESH_S = 2.0

    def __init__(self, service: Service) -> None:
        self._service = service
        self._kept: tuple[float, list[GaugeMetricFamily]] | None = None

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """Yield the gauges."""
        now = time.monotonic()
        if self._kept is None or now - self._kept[0] > self._FRESH_S:
            self._kept = (now, list(self._looked_up()))
        yield from self._kept[1]

    def _looked_up(self) -> Iterator[GaugeMetricFamily]:
        found = standing.of(self._service.engine)
        cases = GaugeMetricFamily("zeromeet_cases", "Cases by state", labels=["state"])
        ages = GaugeMetricFamily(
            "zeromeet_oldest_seconds",
            "Since the last change of the case that stands longest",
            labels=["state"],
        )
        for state, (count, age) in found.cases.items():
            cases.add_metric([state], count)
            ages.add_metric([state], age)
        calls = GaugeMetricFamily("zeromeet_calls", "Messages to portals by state", labels=["state"])
        for state, count in found.calls.items():
            calls.add_metric([state], count)
        yield from (cases, ages, calls)

    def describe(self) -> list[GaugeMetricFamily]:
        """Return nothing, so that registering asks no database."""
        return []
