"""Django admin for bodies, people and accounts, the way an office would use it."""

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.contrib.auth.models import Group

from councils.admin import accounts, bodies, people
from councils.admin.base import AuditedAdmin, DatedAdmin, FoldedSearch, InForceFilter

__all__ = ["AuditedAdmin", "DatedAdmin", "FoldedSearch", "InForceFilter", "accounts", "bodies", "people"]

admin.site.site_header = "Điều phối HĐND: quản trị"
admin.site.site_title = "Quản trị"
admin.site.index_title = "Cơ quan, con người, tài khoản"
# One way in for all: rate limits, one-time codes and passkeys hold for administrators too.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]
admin.site.unregister(Group)  # rights are roles
