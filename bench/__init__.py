"""Measurements and rehearsals of the product, each a command. The product never imports them."""
