"""The commands behind the Makefile. ``install``, ``test`` and ``lock`` use the standard library only, because they run
before the virtual environment exists; ``serve`` and ``supervise`` run inside it."""
