"""How the office itself is run: its policy, and what administrators do to accounts and devices, both in the journal.

They live in a scope of their own, ``administration:<jurisdiction>``, which administrators and auditors read and no
inspector's phone ever pulls.
"""
