"""Who may do what: URL name x method x person -> status. Data only; `test_matrix.py` plays it.

To add a page: one `Row` per URL name in `ROWS`. `get` and `post` say what each person is answered.
`everyone(200)` gives one status to all who are signed in; exceptions by name follow:
`everyone(404, secretary=200, leader=200)`.
The anonymous visitor gets `SIGN_IN` (redirected to the sign-in page) unless the row says otherwise.

    200 sees it   302 done, or sent to sign in   403 may not (inside one's own council)
    404 does not exist for them (another council's)   405 the page takes no such method
"""

from tests.permissions import (
    rows_changing,
    rows_consultations,
    rows_coordination,
    rows_councils,
    rows_documents,
    rows_drafts,
    rows_incoming,
    rows_incoming_book,
    rows_jobs,
    rows_mailing,
    rows_meetings,
    rows_packs,
    rows_reminders,
    rows_series,
    rows_templates,
    rows_workbench,
)
from tests.permissions.row import NOT_ALLOWED, PERSONS, SIGN_IN, Answers, Row, everyone, open_to_all

__all__ = ["NOT_ALLOWED", "PERSONS", "SIGN_IN", "Answers", "Row", "everyone", "open_to_all"]

ROWS: tuple[Row, ...] = (
    Row("health", open_to_all(200), open_to_all(405)),
    *rows_councils.ROWS,
    *rows_coordination.ROWS,
    *rows_incoming.ROWS,
    *rows_jobs.ROWS,
    *rows_meetings.ROWS,
    *rows_packs.ROWS,
    *rows_documents.ROWS,
    *rows_incoming_book.ROWS,
    *rows_consultations.ROWS,
    *rows_drafts.ROWS,
    *rows_changing.ROWS,
    *rows_workbench.ROWS,
    *rows_reminders.ROWS,
    *rows_mailing.ROWS,
    *rows_series.ROWS,
    *rows_templates.ROWS,
)

# django-allauth's own pages are tested by allauth; here stands only what our settings make of them.
ALLAUTH_OPEN: dict[str, int] = {  # what the anonymous visitor gets
    "account_login": 200,
    "account_signup": 200,  # says that there is no sign-up
    "account_inactive": 200,
    "account_reset_password": 200,
    "account_reset_password_done": 200,
    "account_reset_password_from_key": 200,
    "account_reset_password_from_key_done": 200,
    "account_email_verification_sent": 200,
    "account_confirm_email": 200,
    "account_logout": 302,
}
# Steps of a sign-in that has not begun: back to the sign-in page.
ALLAUTH_STEPS = frozenset({"account_confirm_login_code", "mfa_authenticate", "mfa_login_webauthn"})
ALLAUTH_SIGNED_IN = frozenset(
    {
        "account_change_password",
        "account_email",
        "account_reauthenticate",
        "account_set_password",
        "mfa_activate_totp",
        "mfa_add_webauthn",
        "mfa_deactivate_totp",
        "mfa_download_recovery_codes",
        "mfa_edit_webauthn",
        "mfa_generate_recovery_codes",
        "mfa_index",
        "mfa_list_webauthn",
        "mfa_reauthenticate",
        "mfa_reauthenticate_webauthn",
        "mfa_remove_webauthn",
        "mfa_view_recovery_codes",
    }
)
ALLAUTH_ARGS: dict[str, dict[str, str | int]] = {
    "account_confirm_email": {"key": "khong-co"},
    "account_reset_password_from_key": {"uidb36": "1", "key": "khong-co"},
    "mfa_edit_webauthn": {"pk": 1},
    "mfa_remove_webauthn": {"pk": 1},
}

# Django admin: everything under it is for administrators. What they may do there, by app.
ADMIN_MANAGED = frozenset({"councils", "coordination", "documents", "meetings"})  # add, change, delete
ADMIN_READ_ONLY = frozenset({"audit", "outbox"})  # only look
# Records that only services write, in apps whose reference data is managed.
ADMIN_READ_ONLY_MODELS = frozenset({"coordination.Duty", "documents.Document", "documents.IncomingDocument"})
ADMIN_HIDDEN = frozenset({"account", "mfa"})  # allauth's tables
