"""The complaint register: petitions, their clocks, and the sealed identities of those who wrote them."""
