# SPDX-License-Identifier: MIT
"""What tests of the description read again and again is read once in a process: the nodes of a text, what the schema says
of a right file, the table of clauses. A module that imports this one has it so."""

import functools

from vwr.check import clauses, schema
from vwr.spec import load

_check_file, _table, _shapes, _tables = schema.check_file, clauses.table, set(), {}


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


load._fast_root = functools.cache(load._fast_root)
schema.check_file, clauses.table = _check_file_once, _table_once
