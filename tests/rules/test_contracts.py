"""The import contracts hold, and each of them has been seen to fail on a planted breach."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.rules import checks

BREACHES = {
    "layers": ("kernel/mail.py", "from tsunagari.accounts.models import Account"),
    "directory-shelves": ("directory/terms.py", "from tsunagari.directory import models"),
    "accounts-shelves": ("accounts/terms.py", "from tsunagari.accounts import models"),
    "network-shelves": ("network/models/members.py", "from tsunagari.network import policies"),
    "pure": ("hub/board.py", "import django"),
    "private-pages": ("network/actions/postings.py", "from tsunagari.directory.views import find"),
}


def _lint(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    program = Path(sys.executable).with_name("lint-imports")
    command = [str(program), "--no-cache", "--config", str(folder / "pyproject.toml"), *words]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the house in which something may be broken."""
    folder = tmp_path_factory.mktemp("house")
    wanted = shutil.ignore_patterns("static*", "data", "locale", "__pycache__", "templates")
    shutil.copytree(checks.CODE, folder / "tsunagari", ignore=wanted)
    shutil.copy(checks.ROOT / "pyproject.toml", folder)
    return folder


@pytest.mark.slow
@pytest.mark.parametrize("contract", BREACHES)
def test_a_planted_breach_is_found(house: Path, contract: str) -> None:
    name, line = BREACHES[contract]
    module = house / "tsunagari" / name
    kept = module.read_text("utf-8")
    module.write_text(f"{kept}\n{line}\n", "utf-8")
    try:
        answer = _lint(house, "--contract", contract)
    finally:
        module.write_text(kept, "utf-8")
    assert answer.returncode == 1, answer.stdout + answer.stderr
    assert "BROKEN" in answer.stdout


@pytest.mark.slow
def test_the_house_keeps_its_contracts(house: Path) -> None:
    answer = _lint(house)
    assert answer.returncode == 0, answer.stdout[-2000:] + answer.stderr[-500:]


@pytest.mark.slow
def test_the_domain_does_not_know_the_web(tmp_path: Path) -> None:
    planted = tmp_path / "tsunagari" / "network" / "actions.py"
    planted.parent.mkdir(parents=True)
    planted.write_text('"""X."""\n\nfrom django.http import HttpResponse\n\nprint(HttpResponse)\n')
    shutil.copy(checks.ROOT / "pyproject.toml", tmp_path)
    command = [sys.executable, "-m", "ruff", "check", "--no-cache", str(planted)]
    answer = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert "TID251" in answer.stdout
