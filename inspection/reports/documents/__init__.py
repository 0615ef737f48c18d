"""What the reports say: composed once from the figures as a :class:`~inspection.documents.model.Document`. Nothing is
counted here."""
