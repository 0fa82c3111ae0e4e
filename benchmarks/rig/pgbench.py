"""The limit: pgbench runs the submission transaction's own statements, taken from the program, on the same server."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Mapping, Sequence
from importlib import import_module
from pathlib import Path

from ansinh.dossiers import submission_sql
from ansinh.offices import queries as offices_queries
from ansinh.platform.postgres.binaries import find
from ansinh.platform.queue import waiting
from ansinh.platform.row_security.viewer import Kind, Viewer
from ansinh.signing import evidence
from benchmarks.rig.applicants import PAPER, Numbered, numbered, numbered_paper, numbered_person

_LABEL = "concat('account', chr(58), {account})"  # a colon would begin a variable of pgbench


def transactions_a_second(
    database_url: str, folder: Path, *, rows: Numbered, clients: int, transactions: int, first: int, walled: bool
) -> float:
    """Submission transactions a second with so many clients; uses the rows from number `first` on.

    `walled`: the database is told who looks, as the program tells it; `database_url` is that of the program's role.
    """
    each = transactions // clients
    script = folder / "submission.sql"
    script.write_text(_script(rows, walled=walled), encoding="utf-8")
    told = subprocess.run(
        [
            find().program("pgbench"), "--no-vacuum", "--protocol=prepared", f"--client={clients}",
            f"--jobs={min(2, clients)}", f"--transactions={each}", f"--define=first={first}", f"--define=each={each}",
            "--define=i=0",            f"--file={script}", database_url,
        ],
        capture_output=True, text=True, check=False, env={**os.environ, "PGOPTIONS": ""},
    )  # fmt: skip
    found = re.search(r"tps = ([\d.]+) \(without", told.stdout)
    if told.returncode or found is None or "number of failed transactions: 0" not in told.stdout:
        raise SystemExit(f"pgbench: {told.stdout}{told.stderr}")
    return float(found.group(1))


def _script(rows: Numbered, *, walled: bool) -> str:
    """One submission. Each client takes its own numbers, one after the other."""
    account, draft, code, dossier, proof = (
        numbered(kind, ":n::bigint") for kind in ("account", "draft", "code", "dossier", "proof")
    )
    label = _LABEL.format(account=account)
    text = {name: _quoted(value) for name, value in rows.dossier.items()}
    office = f"(ARRAY[{', '.join(_quoted(one) for one in rows.offices)}])[:n::int % {len(rows.offices)} + 1]"
    shared = {
        "at": "now()", "actor": label, "signed_actor": f"concat('{'0' * 76} ', {label})", "account_id": account,
        "owner_id": numbered_person(":n::bigint"), "shared": "false", "on_behalf_of": "''::text",
        "draft_id": draft, "dossier_id": dossier, "id": dossier,
        "office_code": office, "evidence_id": proof, "year": str(rows.year),
        "version_id": f"{_quoted(str(rows.version_id))}::uuid",
        "urgent": "false", "papers": _papers(numbered_paper(":n::bigint"), rows),
    }  # fmt: skip
    parts = [
        _filled(submission_sql.OPEN, {**shared, "key": f"concat('key-', {draft})", "request": _quoted("0" * 64)}),
        _listed(submission_sql.PAPERS, [draft]),
        _filled(
            offices_queries.ON_THE_MAP,
            {"codes": f"ARRAY['44', '19333', {office}]::text[]", "on": "current_date",
             "taking": _array(rows.levels)},
        ),
        _filled(
            import_module("ansinh.people.one_time_codes.use").USE,
            {**shared, "gate": ":n::bigint", "id": code, "session": _quoted(rows.session), "purpose": "'transaction'",
             "digest": _quoted(rows.digest), "hash": _quoted(rows.code_hash)},
        ),
        _listed(
            evidence.INSERT,
            [proof, "'transaction_code'", account, _quoted(rows.digest), _quoted("Thay đổi hình thức lĩnh"), "'sms'",
             "'09'", "now()", "now()", "'bench'", _quoted("0" * 128), _quoted("0" * 64)],
        ),
        _filled(submission_sql.INSERT, {**text, **shared, "digest": _quoted(rows.digest)}),
        _listed(
            waiting.QUEUE,
            ["'casework.after_submission'", f"jsonb_build_object('dossier_id', {dossier})", "to_timestamp(0)", "0"],
        ),
    ]  # fmt: skip
    if walled:  # the applicant looks until the dossier is written, the house from there on
        house = Viewer(Kind.HOUSE).settings() | {"ansinh.account": account, "ansinh.owner": shared["owner_id"]}
        parts.insert(-2, _told(house))
        parts.insert(0, _told(house | {"ansinh.viewer": Kind.CITIZEN, "ansinh.browser": rows.session}))
    body = ";\n".join(part.strip() for part in parts)
    counted = "\\set n :first + :client_id * :each + :i\n\\set i :i + 1\n"
    return f"{counted}BEGIN;\n{body};\nCOMMIT;\n"


def _told(settings: Mapping[str, str]) -> str:
    """Who looks, told in one statement; account and owner are SQL already."""
    told = (
        f"set_config('{name}', {f'({value})::text' if '::' in value else _quoted(value)}, true)"
        for name, value in settings.items()
    )
    return f"SELECT {', '.join(told)}"


def _papers(paper: str, rows: Numbered) -> str:
    kept = {
        "requirement": _quoted(PAPER), "row": "''", "sha256": _quoted(rows.file), "paper_id": paper,
        "name": _quoted(f"{PAPER}.jpg"), "size": str(rows.file_size),
    }  # fmt: skip
    members = ", ".join(f"'{name}', {value}" for name, value in kept.items())
    return f"jsonb_build_array(jsonb_build_object({members}))"


def _filled(statement: str, values: Mapping[str, str]) -> str:
    return re.sub(r"%\((\w+)\)s", lambda found: values[found.group(1)], statement)


def _listed(statement: str, values: Sequence[str]) -> str:
    given = iter(values)
    return re.sub(r"%s", lambda _: next(given), statement)


def _array(values: Sequence[str]) -> str:
    return f"ARRAY[{', '.join(_quoted(one) for one in values)}]::text[]"


def _quoted(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"
