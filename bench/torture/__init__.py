"""The torture of synchronisation: real phones, a real server, a bad line, and processes that die at random."""
