"""A stateful property test of synchronisation: phones, a server, and everything that goes wrong between them."""
