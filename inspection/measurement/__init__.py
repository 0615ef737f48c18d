"""Legal metrology: prepackaged quantity, retail scales, verification of instruments, fuel dispensers.

The rules are pure and exist twice, here and in ``phone/src/measurement``, because an inspector needs the verdict
without a network and the office must not take a phone's word for it. Both read the same files in ``data/``, both are
held to the same vectors, and a property test compares them on random cases.
"""
