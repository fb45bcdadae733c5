"""Every benchmark can be started: what it imports is there, and it says what it does."""

import importlib
import sys
from pathlib import Path

import pytest

BENCHES = sorted(
    path.stem
    for path in Path(__file__).parent.glob("*.py")
    if not path.stem.startswith("test_") and '__name__ == "__main__"' in path.read_text()
)


@pytest.mark.parametrize("name", BENCHES)
def test_a_benchmark_says_what_it_does(
    name: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    bench = importlib.import_module(f"tests.bench.{name}")
    monkeypatch.setattr(sys, "argv", [name, "--help"])

    with pytest.raises(SystemExit) as ended:
        bench.main()

    assert ended.value.code == 0
    assert f"python -m tests.bench.{name}" in " ".join(capsys.readouterr().out.split())


def test_the_benchmarks_are_found() -> None:
    assert {"throughput", "fanout", "chaos", "reminders", "team", "nlu"} <= set(BENCHES)
