"""The command line explains itself and refuses in sentences."""

from pathlib import Path

import pytest

from ansinh.cli.main import COMMANDS, main


def test_there_are_at_most_nine_commands_and_help_names_each(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--help"]) == 0
    told = capsys.readouterr().out
    assert len(COMMANDS) <= 9
    assert all(f"  {name} " in told for name in COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_has_help_in_both_languages(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main([command, "--help"])
    assert ended.value.code == 0
    told = capsys.readouterr().out
    vietnamese, _, english = told.split("\n\n", 1)[1].partition("\n\n")
    assert vietnamese.strip()
    assert english.strip()


def test_an_unknown_command_shows_the_help_and_fails(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["stat"]) == 2
    assert "usage: ansinh COMMAND" in capsys.readouterr().err


@pytest.mark.django_db
def test_a_list_that_is_no_csv_is_refused_in_a_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "list.csv"
    path.write_text("ma;ten\n1;2\n", encoding="utf-8")
    assert main(["import", "communes", str(path), "--from", "2025-07-01"]) == 1
    assert "cần tệp CSV mã UTF-8" in capsys.readouterr().err
