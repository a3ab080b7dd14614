"""Papers in the form of NĐ 30/2020/NĐ-CP: a content model, one table of measures, an HTML and PDF renderer.

The builders beside it (`invitation`, `minutes`, `conclusion_notice`, `signin_sheet`) are pure functions
from plain input to a `Paper`; `html.paper_pdf` makes the file. Nothing here reads the database.
"""
