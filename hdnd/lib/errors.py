"""What a service raises; the web turns it into a message beside the form, 403 or 409."""


class DomainError(Exception):
    """A request the rules refuse; the text is Vietnamese, names the field and the way out.

    Attributes:
        field: the form field it belongs to, or None for the whole form.
    """

    def __init__(self, message: str, *, field: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.field = field


class StaleEdit(DomainError):
    """Someone else saved the same thing first; carries the stored version so that both can be shown."""

    def __init__(self, message: str, *, stored: object) -> None:
        super().__init__(message)
        self.stored = stored
