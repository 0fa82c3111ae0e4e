"""The run over everybody in small: one line a person, the totals those of other arithmetic, however many processes."""

from pathlib import Path

import pytest

from benchmarks.rig.law_series import Totals, independent_totals, month_of_rises, unlike_the_explained


@pytest.mark.parametrize("people", [1, 12_345])
def test_the_totals_are_those_of_the_decree(tmp_path: Path, people: int) -> None:
    found: list[Totals] = []
    for cores in (1, 2):
        folder = tmp_path / str(cores)
        folder.mkdir()
        found.append(month_of_rises(people, seed=7, cores=cores, folder=folder))
        assert independent_totals(folder) == (found[-1], 0)
    assert found[0] == found[1]
    assert found[0].people == people
    assert unlike_the_explained(count=50, people=people, seed=7) == 0


def test_a_wrong_line_is_seen(tmp_path: Path) -> None:
    totals = month_of_rises(500, seed=7, cores=1, folder=tmp_path)
    (file,) = tmp_path.glob("*.csv")
    lines = file.read_text("ascii").splitlines()
    file.write_text("\n".join([lines[0] + "0", *lines[1:-1]]), "ascii")
    again, wrong = independent_totals(tmp_path)
    assert wrong == 1
    assert again != totals
