"""What a prediction gets right, beside gold of four kinds; `compare` tells which kind it is."""

from __future__ import annotations

from kg.evaluate.articles import evaluate
from kg.evaluate.causes import CAUSES
from kg.evaluate.files import read_predictions
from kg.evaluate.gold import Gold, read_gold
from kg.evaluate.kinds import KINDS, Kind, compare, kind_of
from kg.evaluate.report import Result, Sheet, mistakes, report, sheets
from kg.evaluate.scoring import REPORTED_AS_FACT
from kg.evaluate.tally import Evaluation, Mistake, Rate, Score, Share, Tally

__all__ = [
    "CAUSES",
    "KINDS",
    "REPORTED_AS_FACT",
    "Evaluation",
    "Gold",
    "Kind",
    "Mistake",
    "Rate",
    "Result",
    "Score",
    "Share",
    "Sheet",
    "Tally",
    "compare",
    "evaluate",
    "kind_of",
    "mistakes",
    "read_gold",
    "read_predictions",
    "report",
    "sheets",
]
