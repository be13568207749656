"""Tests of behaviour, against values worked out by hand."""
