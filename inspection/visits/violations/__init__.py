"""What becomes of a violation after the visit: stages, time limits, sums against the law, repetition."""
