"""Sample papers of the fictional province Vĩnh Giang: one of every type, for `render_samples`, previews and tests.

Persons, numbers and events are invented. Nothing here reads the database.
"""
