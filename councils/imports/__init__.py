"""Import and export of bodies, people, memberships and contacts by spreadsheet.

`reading` turns a file into rows or refuses it, `resources` says what the rows mean, `sheets` writes templates and
exports in the same columns. The verbs are `councils.services.importing`.
"""
