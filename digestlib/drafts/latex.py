"""Comparison tables as a LaTeX document with booktabs; every text of a report is escaped."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .escape import plain
from .grids import Grid, GridRow, with_note

_ESCAPES = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "$": r"\$",
    "&": r"\&",
    "%": r"\%",
    "#": r"\#",
    "_": r"\_",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "|": r"\textbar{}",
    '"': r"\textquotedbl{}",
    "`": r"\textasciigrave{}",
    "'": r"\textquotesingle{}",
    "[": "{[}",
    "]": "{]}",
    "-": "{-}",
    "×": r"$\times$",
    "²": r"\textsuperscript{2}",
    "³": r"\textsuperscript{3}",
    "μ": r"$\mu$",
    "τ": r"$\tau$",
    "π": r"$\pi$",
    "α": r"$\alpha$",
    "β": r"$\beta$",
    "λ": r"$\lambda$",
    "→": r"$\rightarrow$",
    "±": r"$\pm$",
    "≤": r"$\leq$",
    "≥": r"$\geq$",
}
"""Brackets are grouped since a row may not start with one, hyphens since two of them are a dash."""
_PRINTABLE = re.compile(r"[ -~\u00a0-\u024f–—‘’“”…€]")
_UNKNOWN = "?"
_PREAMBLE = r"""% Compiles with pdflatex, xelatex and lualatex.
\documentclass[a4paper,landscape,10pt]{article}
\usepackage[T1]{fontenc}
\usepackage[utf8]{inputenc}
\usepackage{textcomp,array,booktabs,longtable}
\usepackage[margin=15mm]{geometry}
\setlength{\LTleft}{0pt}
\setlength{\LTright}{0pt}
\begin{document}
"""


def document(tables: Sequence[Grid]) -> str:
    """All tables, each on as many pages as it needs."""
    return _PREAMBLE + "\n".join(map(_table, tables)) + "\\end{document}\n"


def escape(text: str) -> str:
    """The text as LaTeX prints it; a character that the fonts lack is a question mark."""
    return "".join(map(_character, plain(text)))


def _character(character: str) -> str:
    if character in _ESCAPES:
        return _ESCAPES[character]
    return character if _PRINTABLE.match(character) else _UNKNOWN


def _table(table: Grid) -> str:
    head = ["Paper", *table.columns, "Source"]
    gaps = 2 * (len(head) - 1)
    width = rf"\dimexpr(\linewidth-{gaps}\tabcolsep)/{len(head)}\relax"
    columns = rf">{{\raggedright\arraybackslash}}p{{{width}}}" * len(head)
    rows = [_row(row) for row in table.rows]
    return "\n".join(
        [
            rf"\section*{{{escape(table.title)}}}",
            escape(table.caption),
            rf"\begin{{longtable}}{{@{{}}{columns}@{{}}}}",
            r"\toprule",
            rf"{_cells(head)} \\",
            r"\midrule",
            r"\endhead",
            *rows,
            r"\bottomrule",
            r"\end{longtable}",
            "",
        ]
    )


def _row(row: GridRow) -> str:
    return rf"{_cells([row.paper.title, *map(with_note, row.cells), row.place])} \\"


def _cells(texts: Sequence[str]) -> str:
    return " & ".join(map(escape, texts))
