"""The command-line entry."""

import importlib
import sys

import pytest

from assay_training import __main__ as entry


@pytest.mark.parametrize("step", entry.STEPS)
def test_every_step_says_what_it_does_and_takes_options(step, monkeypatch, capsys):
    assert entry.summary(step)
    monkeypatch.setattr(sys, "argv", ["assay_training", step, "--help"])
    try:
        importlib.import_module(f"assay_training.{entry.module(step)}")
    except ModuleNotFoundError as e:
        pytest.skip(f"{e.name} is not installed")
    with pytest.raises(SystemExit) as ended:
        entry.main()
    assert ended.value.code == 0
    assert "usage: assay_training " + step in capsys.readouterr().out


def test_every_module_that_runs_is_a_step():
    runs = {
        str(file.relative_to(entry.PACKAGE).with_suffix("")).replace("/", "-").replace("_", "-")
        for file in entry.PACKAGE.rglob("*.py")
        if "\ndef main():" in file.read_text() and file.name != "__main__.py"
    }
    assert runs == set(entry.STEPS)


def test_an_unknown_step_is_refused(monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", ["assay_training", "trian"])
    assert entry.main() == 2
    assert "There is no step trian; there are clip" in capsys.readouterr().err
