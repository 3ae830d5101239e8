"""The rules of the house that no linter knows."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from statistics import median

import pytest

from kpi.report.words import LANGS
from kpi.report.words.check import forms

ROOT = Path(__file__).parents[2]
CODE = sorted([ROOT / "app.py", *(ROOT / "kpi").rglob("*.py"), *(ROOT / "pages").rglob("*.py")])
ERRORS = {"KpiError", "CatalogError", "FormulaError", "WorkspaceError", "UploadError"} | {
    "UnreadableError",
    "TooLargeError",
    "NothingFoundError",
}
TEXT_FILES = {".py", ".toml", ".md", ".po", ".txt", ".yaml", ".yml", ".json", ".js", ".bat", ".lock", ""}


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def imported(path: Path) -> set[str]:
    """Return the top-level packages that a module imports anywhere in it."""
    found = set()
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            found |= {name.name.split(".")[0] for name in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.split(".")[0])
    return found


def called(path: Path) -> Iterator[tuple[str, ast.Call]]:
    """Yield every call with the last part of its name."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call):
            if isinstance(node.func, ast.Attribute):
                yield node.func.attr, node
            elif isinstance(node.func, ast.Name):
                yield node.func.id, node


def named(paths: Iterator[Path] | list[Path]) -> set[str]:
    return {path.relative_to(ROOT).as_posix() for path in paths}


def committed() -> list[Path]:
    """Return the files that belong to the project."""
    if not (ROOT / ".git").exists():
        pytest.skip("what is committed can be told in a checkout only")
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    return [ROOT / name for name in listed.stdout.decode().split("\0") if name and (ROOT / name).is_file()]


def test_no_script_lies_directly_in_pages() -> None:
    assert named(list((ROOT / "pages").glob("*.py"))) == {"pages/__init__.py"}


def test_only_the_screens_know_streamlit() -> None:
    knowing = named(path for path in CODE if "streamlit" in imported(path))
    assert {name for name in knowing if not name.startswith("pages/")} == {"app.py"}


def test_one_module_holds_the_session() -> None:
    using = named(
        path
        for path in CODE
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Attribute) and node.attr == "session_state"
    )
    assert using == {"pages/parts/session.py"}


def test_one_module_checks_the_catalogue_with_pydantic() -> None:
    assert named(path for path in CODE if "pydantic" in imported(path)) == {"kpi/catalog/loader.py"}


def test_one_module_keeps_results_and_never_by_a_table() -> None:
    doors = "cache_data", "cache_resource"
    keeping = set()
    for path in CODE:
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Attribute) and node.attr in doors:
                keeping.add(path)
            if isinstance(node, ast.FunctionDef) and any(
                door in ast.dump(one) for one in node.decorator_list for door in doors
            ):
                taken = {ast.unparse(arg.annotation) for arg in node.args.args if arg.annotation}
                assert not {one for one in taken if re.search(r"DataFrame|pa\.Table|ndarray|\bFrame\b", one)}
    assert named(list(keeping)) == {"pages/parts/cache.py"}


def test_modules_are_small() -> None:
    lines = {path: path.read_text("utf-8").splitlines() for path in CODE if path.name != "__init__.py"}
    assert len(lines[ROOT / "app.py"]) <= 40
    assert {path.name: len(written) for path, written in lines.items() if len(written) > 300} == {}
    assert median(sum(map(bool, written)) for written in lines.values()) <= 90  # that hold something


def test_modules_have_names_of_the_trade() -> None:
    empty = {"utils", "helpers", "common", "misc", "manager", "processor", "handler", "base", "new", "v2"}
    assert {path.stem for path in CODE} & empty == set()


def test_the_architecture_names_every_module_by_its_own_sentence() -> None:
    wanted = {}
    for path in CODE:
        name = path.relative_to(ROOT).as_posix()
        if name.startswith("kpi/"):
            sentence = (ast.get_docstring(tree(path)) or "").split("\n\n")[0].replace("\n", " ")
            wanted[name.removesuffix("__init__.py")] = sentence
    listed = re.findall(
        r"^\* `(kpi/[^`]*)` (.*)$", (ROOT / "ARCHITECTURE.md").read_text("utf-8"), re.MULTILINE
    )
    assert dict(listed) == wanted


def test_every_refusal_has_a_sentence() -> None:
    keys = {
        call.args[0].value
        for path in CODE
        for name, call in called(path)
        if name in ERRORS and call.args and isinstance(call.args[0], ast.Constant)
    }
    assert keys
    for lang in LANGS:
        assert keys - forms(lang).keys() == set()


def test_the_front_door_is_light() -> None:
    asked = (
        "import sys, app, pages.parts.shell, pages.parts.session, pages.parts.demo\n"
        "print(*({'pandas', 'altair', 'pyarrow', 'numpy'} & sys.modules.keys()))"
    )
    told = subprocess.run([sys.executable, "-c", asked], cwd=ROOT, capture_output=True, check=True, text=True)
    assert told.stdout.split() == []


def test_nothing_is_run_or_shown_as_code() -> None:
    forbidden = {"eval", "exec", "compile", "__import__"}
    for path in CODE:
        assert not imported(path) & {"pickle", "shelve", "marshal", "dill"}, path
        for name, call in called(path):
            assert not (name in forbidden and isinstance(call.func, ast.Name)), (path, name)
            assert not {"unsafe_allow_html", "unsafe_allow_javascript"} & {kw.arg for kw in call.keywords}, (
                path
            )


def test_no_address_of_a_registry_and_no_path_of_a_machine() -> None:
    private = re.compile(
        r"pypi\.(?:org|python)|files\.pythonhosted|registry\.npm|index-url[ =]+https?|"
        r"(?<![\w.])/(?:work|root|home/\w+|Users/\w+|tmp/\w+)/",
    )
    told = {
        path.relative_to(ROOT).as_posix(): found[0]
        for path in committed()
        if path.suffix in TEXT_FILES and path != Path(__file__)
        if (found := private.search(path.read_text("utf-8", "replace")))
    }
    assert told == {}


def test_the_lock_holds_what_is_asked_for_and_only_hashes() -> None:
    asked = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    lock = (ROOT / "requirements.lock").read_text("utf-8")
    for line in (*asked["project"]["dependencies"], *asked["dependency-groups"]["dev"]):
        assert re.search(rf"^{line.split('>=')[0]}==", lock, re.MULTILINE), line
    assert "://" not in lock
    pinned, hashed = re.findall(r"^[\w.\[\]-]+==", lock, re.MULTILINE), lock.count("    --hash=sha256:")
    assert 0 < len(pinned) <= hashed


def test_root_holds_only_what_a_reader_looks_for_there() -> None:
    top = {path.relative_to(ROOT).parts[0] for path in committed()}
    known = {"app.py", "pyproject.toml", "kpi", "pages", "tests", "sample_data", "docs", "static"}
    known |= {
        "README.md",
        "README.ru.md",
        "ARCHITECTURE.md",
        "CONTRIBUTING.md",
        "CHANGELOG.md",
        "SECURITY.md",
    }
    known |= {"LICENSE", "NOTICE", "Makefile", "requirements.lock", "Dockerfile", "compose.yaml", "run.bat"}
    assert {name for name in top if not name.startswith(".")} <= known
