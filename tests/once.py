# SPDX-License-Identifier: MIT
"""What tests of the description read again and again is read once in a process: a file without a problem, what the schema says
of a right file, the table of clauses. A module that imports this one has it so."""

import pickle

from vwr.check import clauses, schema
from vwr.spec import load
from vwr.spec.problems import Problems

_check_file, _table, _shapes, _tables = schema.check_file, clauses.table, set(), {}
_load_text, _files = load.load_text, {}


def _check_file_once(tree, spec):
    """The schema check of a good file: once for each text."""
    one = spec.path, "\n".join(spec.text_lines)
    if one in _shapes:
        spec.valid = True
        return
    _check_file(tree, spec)
    if spec.valid:
        _shapes.add(one)


def _table_once(tree):
    if tree.clause_text not in _tables:
        _table(tree)
        if not tree.problems.count:
            _tables[tree.clause_text] = tree.clauses
    tree.clauses = _tables.get(tree.clause_text, tree.clauses)


def _load_text_once(path, text, problems=None):
    problems = Problems() if problems is None else problems
    if (path, text) in _files:
        spec = pickle.loads(_files[path, text])
        problems.add_source(path, spec.text_lines)
        return spec
    before = problems.count
    spec = _load_text(path, text, problems)
    if spec and problems.count == before:
        _files[path, text] = pickle.dumps(spec)
    return spec


load.load_text = _load_text_once
schema.check_file, clauses.table = _check_file_once, _table_once
