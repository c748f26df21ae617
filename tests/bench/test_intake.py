"""What the service has acknowledged is on disk, whatever happens to it next."""

from tests.bench import intake


def test_acknowledged_upload_survives_kill_minus_nine():
    """The service is killed three times under load: every case it answered 202 for is there, files and all."""
    result = intake.run(rate=40, seconds=6, kill=True)

    assert result.accepted > 0
    assert result.lost == 0
