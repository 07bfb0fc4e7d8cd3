"""analysis/ stands alone: no web framework, no database, nothing of the site."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import analysis

FOLDER = Path(analysis.__file__).parent
FOREIGN = {"flask", "sqlalchemy", "feedback", "wtforms", "flask_wtf", "flask_babel", "huey", "alembic"}


@pytest.mark.parametrize("path", sorted(FOLDER.rglob("*.py")), ids=lambda path: path.name)
def test_no_module_imports_the_site(path: Path) -> None:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            names.add((node.module or "").split(".")[0])
    assert not names & FOREIGN


def test_importing_the_command_loads_neither_framework_nor_database() -> None:
    code = "import sys, analysis.__main__; print(*sorted({name.split('.')[0] for name in sys.modules}))"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=FOLDER.parent
    )
    loaded = set(done.stdout.split())
    assert "numpy" in loaded
    assert not loaded & FOREIGN
