"""Two contract types for import-linter: `fence` round a library or package, and `reach` of an import.

import-linter folds an outside library into one name and counts imports inside functions like any other. Two
rules of the house need more: a presenter may use QtCore but not QtWidgets, and the command line may import Qt
inside the function that opens the window but not before. `reach` follows the import statements that run at
import time and compares full dotted names. `fence` is import-linter's `protected` for names that need not
exist: nobody importing a library is no fault.
"""

from __future__ import annotations

import ast
import importlib.util
from collections.abc import Iterator
from pathlib import Path
from typing import cast

import grimp
from importlinter import Contract, ContractCheck, fields, output


class FenceContract(Contract):
    """Only modules in `allowed` import a name of `fenced`; both hold for everything below a name."""

    type_name = "fence"

    fenced = fields.ListField(subfield=fields.StringField())
    allowed = fields.ListField(subfield=fields.StringField())

    def check(self, graph: grimp.ImportGraph, verbose: bool) -> ContractCheck:
        """Look at every import of a fenced module; what comes from elsewhere goes into the metadata."""
        fenced = _strings(self.fenced)
        inside = (*_strings(self.allowed), *fenced)
        chains = [
            [importer, module]
            for module in sorted(graph.modules)
            if _below(module, fenced)
            for importer in sorted(graph.find_modules_that_directly_import(module))
            if not _below(importer, inside)
        ]
        return ContractCheck(kept=not chains, metadata={"chains": chains})

    def render_broken_contract(self, check: ContractCheck) -> None:
        """One line per import."""
        _render(check)


class ReachContract(Contract):
    """No module of `sources` may reach a name of `forbidden` while it is imported.

    `sources`: module names, `*` and `**` allowed; one that matches nothing is no fault. `forbidden`: dotted
    names, each with everything below it. `functions_too`: also the imports that the source itself makes
    inside functions.
    """

    type_name = "reach"

    sources = fields.ListField(subfield=fields.StringField())
    forbidden = fields.ListField(subfield=fields.StringField())
    functions_too = fields.BooleanField(required=False, default=False)

    def check(self, graph: grimp.ImportGraph, verbose: bool) -> ContractCheck:
        """Walk from every source; the broken chains go into the metadata."""
        fences = _strings(self.forbidden)
        own = {module for module in graph.modules if not graph.is_module_squashed(module)}
        imported: dict[str, list[str]] = {}
        chains: list[list[str]] = []
        for source in sorted(_matching(own, _strings(self.sources))):
            chains += _chains(source, own, fences, imported, functions_too=bool(self.functions_too))
        return ContractCheck(kept=not chains, metadata={"chains": chains})

    def render_broken_contract(self, check: ContractCheck) -> None:
        """One line per chain, from the source to the name it may not reach."""
        _render(check)


def _strings(value: object) -> tuple[str, ...]:
    """import-linter replaces the fields of the class by plain lists when it reads the settings."""
    return tuple(str(item) for item in cast("list[object]", value))


def _below(module: str, names: tuple[str, ...]) -> bool:
    return any(module == name or module.startswith(name + ".") for name in names)


def _render(check: ContractCheck) -> None:
    for chain in check.metadata["chains"]:
        output.print_error("- " + " -> ".join(chain), bold=False)


def _matching(modules: set[str], patterns: tuple[str, ...]) -> set[str]:
    found: set[str] = set()
    for pattern in patterns:
        parts = pattern.split(".")
        found |= {module for module in modules if _fits(module.split("."), parts)}
    return found


def _fits(names: list[str], pattern: list[str]) -> bool:
    if not pattern:
        return not names
    if pattern[0] == "**":
        return any(_fits(names[taken:], pattern[1:]) for taken in range(1, len(names) + 1))
    return bool(names) and pattern[0] in ("*", names[0]) and _fits(names[1:], pattern[1:])


def _chains(
    source: str,
    own: set[str],
    fences: tuple[str, ...],
    imported: dict[str, list[str]],
    *,
    functions_too: bool,
) -> list[list[str]]:
    """The shortest chain to each forbidden name."""
    first = list(_imports_of(source, own, functions_too=functions_too))
    seen: dict[str, list[str]] = {source: [source]}
    waiting = [source]
    broken: list[list[str]] = []
    while waiting:
        module = waiting.pop(0)
        if module == source:
            targets = first
        else:
            if module not in imported:
                imported[module] = list(_imports_of(module, own, functions_too=False))
            targets = imported[module]
        for target in targets:
            if target in seen:
                continue
            seen[target] = [*seen[module], target]
            if _below(target, fences):
                broken.append(seen[target])
            elif target in own:
                waiting.append(target)
    return broken


def _imports_of(module: str, own: set[str], *, functions_too: bool) -> Iterator[str]:
    """Full names that `module` imports; importing a module imports the packages above it first."""
    spec = importlib.util.find_spec(module)
    if spec is None or spec.origin is None:
        return
    tree = ast.parse(Path(spec.origin).read_text("utf-8"))
    for node in _statements(tree, functions_too=functions_too):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        else:
            base = _base(node, module, is_package=bool(spec.submodule_search_locations))
            names = [base, *(f"{base}.{alias.name}" for alias in node.names)]
        for name in names:
            parts = name.split(".")
            for end in range(1, len(parts) + 1):
                prefix = ".".join(parts[:end])
                if end == len(parts) or prefix in own:
                    yield prefix


def _base(node: ast.ImportFrom, module: str, *, is_package: bool) -> str:
    if not node.level:
        return node.module or ""
    above = module.split(".")
    above = above[: len(above) - node.level + is_package]
    return ".".join([*above, *([node.module] if node.module else [])])


def _statements(tree: ast.AST, *, functions_too: bool) -> Iterator[ast.Import | ast.ImportFrom]:
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.Import | ast.ImportFrom):
            yield node
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda) and not functions_too:
            continue
        elif isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            for branch in node.orelse:
                yield from _statements(branch, functions_too=functions_too)
        else:
            yield from _statements(node, functions_too=functions_too)
