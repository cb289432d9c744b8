"""The house rules that a machine can check: imports go one way, names say what is inside, no step knows a word of a language."""

import ast
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SOURCE = ROOT / "src" / "kavass"

# Each layer may import those before it and, where the entry says so, its own members.
LAYERS = [
    {"errors", "lean", "model"},
    {"settings", "registry"},
    {"lang", "codebook", "gazetteer", "reasons"},
    {"read", "clean", "mark", "refer", "coding", "attribute", "situate", "posture", "merge", "expose", "watch", "publish",
     "store"},
    {"pipeline"},
    {"desk"},
    {"example"},
    {"web", "cli", "batch"},
]  # fmt: skip
# Steps may share what travels between them; everything else among them is unaware of each other.
BETWEEN_STEPS = {
    ("refer", "mark"), ("refer", "situate"), ("situate", "mark"), ("situate", "coding"), ("coding", "refer"),
    ("attribute", "coding"), ("attribute", "refer"), ("attribute", "situate"), ("posture", "coding"), ("posture", "refer"),
    ("posture", "situate"), ("posture", "mark"), ("watch", "expose"),
}  # fmt: skip
OUTERMOST_MAY_USE = {
    "desk",
    "pipeline",
    "example",
    "model",
    "settings",
    "errors",
    "registry",
    "read",
    "batch",
    "web",
    "codebook",
    "gazetteer",
    "lang",
    "reasons",
}


def modules() -> list[Path]:
    return sorted(p for p in SOURCE.rglob("*.py"))


def part(path: Path) -> str:
    relative = path.relative_to(SOURCE)
    return relative.parts[0].removesuffix(".py")


def imported(path: Path) -> set[str]:
    """The parts of kavass that a module imports anywhere, type-checking imports included."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        names = []
        if isinstance(node, ast.Import):
            names = [a.name for a in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names = [node.module] if node.module != "kavass" else [f"kavass.{a.name}" for a in node.names]
        found.update(
            name.split(".")[1] for name in names if name.startswith("kavass.") and name != "kavass.__version__"
        )
    return found - {"__version__"}


def layer(name: str) -> int:
    return next(i for i, members in enumerate(LAYERS) if name in members)


@pytest.mark.parametrize("path", modules(), ids=lambda p: str(p.relative_to(SOURCE)))
def test_imports_go_one_way(path: Path) -> None:
    here = part(path)
    if here == "__init__":
        return
    for there in imported(path) - {here}:
        assert layer(there) <= layer(here), f"{here} imports {there}, which stands later in the line"
        if layer(there) == layer(here) == 3:
            assert (here, there) in BETWEEN_STEPS, f"the step {here} knows of the step {there}"
        if here in LAYERS[-1]:
            assert there in OUTERMOST_MAY_USE, f"{here} reaches past the desk to {there}"


def test_no_room_without_a_name_of_its_own() -> None:
    rooms = [
        p for p in modules() if p.stem in {"utils", "util", "helpers", "common", "misc", "manager", "managers", "base"}
    ]
    assert rooms == []


def test_no_step_contains_a_word_of_arabic() -> None:
    steps = [p for p in modules() if part(p) in LAYERS[3]]
    assert steps
    arabic = re.compile(r"[\u0621-\u064A]{2,}")
    found = {str(p.relative_to(SOURCE)) for p in steps for line in _code_lines(p) if arabic.search(line)}
    assert found == set()


def _code_lines(path: Path) -> list[str]:
    """The string constants of a module that are not docstrings: where a word of a language would hide."""
    tree = ast.parse(path.read_text("utf-8"))
    docs = set()
    for node in ast.walk(tree):
        if isinstance(node, (ast.Module, ast.FunctionDef, ast.ClassDef)) and node.body:
            first = node.body[0]
            if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant):
                docs.add(id(first.value))
    return [
        n.value
        for n in ast.walk(tree)
        if isinstance(n, ast.Constant) and isinstance(n.value, str) and id(n) not in docs
    ]


@pytest.mark.parametrize("ending", ["toml", "tsv", "csv"])
def test_data_files_open_with_source_and_licence(ending: str) -> None:
    silent = []
    for file in SOURCE.rglob(f"*.{ending}"):
        head = "".join(file.read_text("utf-8").splitlines(keepends=True)[:6]).lower()
        if "licen" not in head and "apache" not in head and "public domain" not in head and "cc by" not in head:
            silent.append(str(file.relative_to(SOURCE)))
    assert silent == []


def test_committed_files_hold_no_machine_path_and_no_registry_address() -> None:
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False).stdout.split()
    files = [ROOT / name for name in tracked if not name.endswith((".png", ".gz", ".warc"))] or list(modules())
    path = re.compile(r"(?<![\w./])/(?:root|home|work)/[a-z.]")
    address = re.compile(r"https?://(?:pypi|files\.pythonhosted|registry\.npmjs|deb\.debian)\b", re.IGNORECASE)
    bad = []
    for file in files:
        if file.is_file() and file.name != Path(__file__).name:
            text = file.read_text("utf-8", errors="replace")
            bad += [f"{file.relative_to(ROOT)}: {m.group()}" for p in (path, address) for m in p.finditer(text)]
    assert bad == []


def test_help_imports_no_parser() -> None:
    script = "import sys, kavass.cli; print([m for m in ('spacy', 'sqlalchemy', 'fastapi', 'trafilatura') if m in sys.modules])"
    import sys

    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
