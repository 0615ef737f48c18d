"""Dated checklists and the violation catalogue with its legal basis."""
