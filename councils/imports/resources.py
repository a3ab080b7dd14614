"""What the four kinds of sheets mean: columns, which row is meant, and what may not be.

Resources of django-import-export that only judge: what is new and what is changed is kept, and written later by
`councils.services.save_records`, so that every row is audited like one saved by hand. Tables are read once per
file, so that the number of queries does not depend on the number of rows.
"""

import copy
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models
from import_export.resources import ModelResource
from import_export.results import RowResult
from tablib import Dataset

from councils.choices import RowOutcome
from councils.imports.reading import Heading, Sheet
from councils.imports.widgets import LookupWidget, SheetField
from hdnd.lib.text import fold

Rows = Sequence[tuple[int, dict[str, Any]]]
PROGRESS_EVERY = 250
OUTCOMES = {
    RowResult.IMPORT_TYPE_NEW: RowOutcome.NEW,
    RowResult.IMPORT_TYPE_UPDATE: RowOutcome.CHANGED,
    RowResult.IMPORT_TYPE_SKIP: RowOutcome.SAME,
    RowResult.IMPORT_TYPE_INVALID: RowOutcome.BAD,
}


@dataclass(frozen=True)
class Checked:
    """The verdict on one row; `changes` are (column, before, after), `errors` (column, cell, why)."""

    number: int
    outcome: RowOutcome
    title: str
    cells: list[str]
    changes: list[list[str]] = field(default_factory=list)
    errors: list[list[str]] = field(default_factory=list)


class CodeField(SheetField):
    """A code that names its row: another case of the same letters is no change."""

    def save(self, instance: Any, row: Any, is_m2m: bool = False, **kwargs: Any) -> None:
        held = getattr(instance, self.attribute)
        super().save(instance, row, is_m2m, **kwargs)
        if held and fold(held) == fold(getattr(instance, self.attribute) or ""):
            setattr(instance, self.attribute, held)


class SheetResource(ModelResource):
    """A kind of sheet. Subclasses say which row is meant (`find`) and read their tables (`prepare`)."""

    class Meta:
        use_bulk = True
        skip_diff = True
        use_transactions = False
        import_id_fields = ()

    title_fields: tuple[str, ...] = ()

    def __init__(self) -> None:
        super().__init__()
        self.created: list[models.Model] = []
        self.changed: list[tuple[models.Model, dict[str, Any]]] = []
        self.checked: list[Checked] = []
        self.progress: Callable[[int], None] = lambda done: None
        self._numbers: list[int] = []
        self._seen: dict[Hashable, int] = {}
        self._before: dict[str, Any] = {}
        self._found: Any = None
        self._told: dict[str, Any] = {}

    # ---- what subclasses say

    def prepare(self, sheet: Sheet) -> None:
        """Reads the tables that cells refer to."""

    def find(self, row: dict[str, Any]) -> tuple[Hashable, Any]:
        """What names the row (twice in one file is a mistake), and the stored row meant, if there is one."""
        raise NotImplementedError

    def keep(self, instance: Any, found: Any) -> None:
        """Lets later rows see one that was accepted."""

    def in_order(self, rows: Rows) -> Rows:
        """The order in which rows are judged, where one makes room for another; the file's own, unless said."""
        return rows

    # ---- what is asked of it

    def columns(self) -> list[SheetField]:
        """All columns in order."""
        return [self.fields[name] for name in self._meta.fields]

    @classmethod
    def headings(cls) -> list[Heading]:
        """What a file is searched for."""
        return [Heading(c.column_name, c.aliases, c.column_required) for c in cls().columns()]

    def check(self, sheet: Sheet, progress: Callable[[int], None] | None = None) -> list[Checked]:
        """Judges every row and writes nothing; `created` and `changed` then hold what an import would write."""
        self.progress = progress or self.progress
        self.prepare(sheet)
        rows = self.in_order(sheet.rows)
        self._numbers = [number for number, _ in rows]
        dataset = Dataset(headers=list(sheet.labels))
        for _, cells in rows:
            dataset.append([cells[label] for label in sheet.labels])
        result = self.import_data(dataset, dry_run=False, use_transactions=False, raise_errors=False)
        if result.base_errors:  # a mistake of ours, not of the file
            raise result.base_errors[0].error
        self.checked.sort(key=lambda row: row.number)
        return self.checked

    def table(self, rows: Any) -> list[list[str]]:
        """The rows as cells, in the columns of the template."""
        return [[column.export(row) for column in self.columns()] for row in rows]

    # ---- the hooks of django-import-export

    def _check_import_id_fields(self, headers: Any) -> None:
        """`reading` has checked the columns; rows are found by `find`."""

    def import_row(self, row: Any, instance_loader: Any, **kwargs: Any) -> RowResult:
        cells = dict(row)  # as they came: a resource may complete the row
        result = super().import_row(row, instance_loader, **kwargs)
        if result.errors:  # a mistake of ours, not of the file
            raise result.errors[0].error
        self.checked.append(self._verdict(self._numbers[len(self.checked)], cells, result))
        if len(self.checked) % PROGRESS_EVERY == 0:
            self.progress(len(self.checked))
        return result

    def get_or_init_instance(self, instance_loader: Any, row: Any) -> tuple[Any, bool]:
        self._before, self._found, self._told = {}, None, {}
        key, self._found = self.find(row)
        number = self._numbers[len(self.checked)]
        if key in self._seen:
            raise ValidationError(f"Trùng với dòng {self._seen[key]} của tệp. Giữ lại một dòng.")
        self._seen[key] = number
        if self._found is None:
            return self._meta.model(), True
        self._before = {c.attribute: c.get_value(self._found) for c in self.columns()}
        return copy.copy(self._found), False

    def skip_row(self, instance: Any, original: Any, row: Any, errors: Any = None) -> bool:
        return bool(self._before) and not errors and not self._differences(instance)

    def validate_instance(self, instance: Any, errors: Any = None, validate_unique: bool = True) -> None:
        """The model's own rules; what would ask the database once a row is answered from the tables instead."""
        found = dict(errors or {})
        related = {f.name for f in instance._meta.concrete_fields if f.is_relation}
        try:
            instance.full_clean(exclude={*found, *related}, validate_unique=False, validate_constraints=False)
        except ValidationError as error:
            found = {**error.update_error_dict({}), **found}  # what the cell itself says comes first
        if found:
            raise ValidationError(found)

    def save_instance(self, instance: Any, is_create: bool, row: Any, **kwargs: Any) -> None:
        if is_create:
            self.created.append(instance)
        elif told := self._differences(instance):  # derived fields may have undone the change
            self._told = told
            self.changed.append((instance, told))
        self.keep(instance, self._found)

    def bulk_create(self, *args: Any, **kwargs: Any) -> None:
        """Nothing is written here."""

    bulk_update = bulk_delete = bulk_create

    # ---- what is told

    def _differences(self, instance: Any) -> dict[str, Any]:
        after = {c.attribute: c.get_value(instance) for c in self.columns()}
        return {
            name: [value, after[name]]
            for name, value in self._before.items()
            if value != after[name] and "__" not in name
        }

    def _verdict(self, number: int, row: dict[str, Any], result: RowResult) -> Checked:
        outcome = OUTCOMES[result.import_type]
        cells = ["" if value is None else shown(value) for value in row.values()]
        title = " · ".join(shown(row[label]) for label in self._titles() if row.get(label))[:300]
        if outcome == RowOutcome.BAD:
            return Checked(number, outcome, title, cells, errors=self._errors(row, result.validation_error))
        if outcome == RowOutcome.NEW:
            cells_of_new = [(c.column_name, c.export(self.created[-1])) for c in self.columns()]
            return Checked(
                number, outcome, title, cells, [[name, "", text] for name, text in cells_of_new if text]
            )
        changes = [
            [c.column_name, *(c.widget.render(value) for value in self._told[c.attribute])]
            for c in self.columns()
            if c.attribute in self._told
        ]
        return Checked(number, RowOutcome.CHANGED if changes else RowOutcome.SAME, title, cells, changes)

    def _titles(self) -> list[str]:
        return [self.fields[name].column_name for name in self.title_fields]

    def _errors(self, row: dict[str, Any], error: ValidationError) -> list[list[str]]:
        """Each complaint with its column and what stands there."""
        labels = {c.attribute: c.column_name for c in self.columns()}
        order = list(labels)
        by_field = error.message_dict if hasattr(error, "error_dict") else {NON_FIELD_ERRORS: error.messages}
        told = []
        for name, messages in sorted(
            by_field.items(), key=lambda pair: order.index(pair[0]) if pair[0] in order else -1
        ):
            label = labels.get(name, "")
            cell = row.get(label)
            told += [[label, "" if cell is None else shown(cell), message] for message in messages]
        return told


def shown(value: Any) -> str:
    """A cell as people read it."""
    from hdnd.lib.lists import cell

    return str(cell(value))


def lookup(resource: SheetResource, name: str, table: dict[str, Any]) -> None:
    """Fills the table of a column that refers to other rows."""
    widget = resource.fields[name].widget
    assert isinstance(widget, LookupWidget)
    widget.table = table
