"""Visits to establishments: answers, violations, measures taken and signatures."""
