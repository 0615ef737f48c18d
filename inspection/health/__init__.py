"""What whoever runs the product wants to know: which phones are silent, what waits, which jobs are late, when the
chains were verified, how much disk is left. One reading serves the metrics and the administrator's page."""
