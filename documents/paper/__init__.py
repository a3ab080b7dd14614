"""Papers in the form of NĐ 30/2020/NĐ-CP: a content model, one table of measures, a renderer
for HTML and PDF and one for Word.

The builders beside it (`invitation`, `minutes`, `conclusion_notice`, `signin_sheet`, `work_week`) are pure functions
from plain input to a `Paper`; `html.paper_pdf` and `word.paper_docx` make the files. Nothing here reads the database.
"""
