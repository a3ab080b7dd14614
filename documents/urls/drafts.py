"""Addresses of drafts, their sign-off, and of what later papers do to issued ones."""

from django.urls import path

from documents.views import delegating, draft_editing, draft_review, drafts

urlpatterns = [
    path("du-thao/", drafts.draft_list, name="draft_list"),
    path("du-thao/moi/", drafts.draft_create, name="draft_create"),
    path("du-thao/<int:pk>/", drafts.draft_detail, name="draft_detail"),
    path("du-thao/<int:pk>/soan/", draft_editing.draft_edit, name="draft_edit"),
    path("du-thao/<int:pk>/ban-in/", draft_editing.draft_paper_file, name="draft_paper"),
    path("du-thao/<int:pk>/word/", draft_editing.draft_word, name="draft_word"),
    path("du-thao/<int:pk>/tai-len/", draft_editing.draft_upload, name="draft_upload"),
    path("du-thao/<int:pk>/nhan-word/", draft_editing.draft_take, name="draft_take"),
    path("du-thao/<int:pk>/so-sanh/", draft_editing.draft_versions, name="draft_versions"),
    path("du-thao/<int:pk>/ban/<int:number>/tep/", draft_editing.version_file, name="version_file"),
    path("du-thao/<int:pk>/trinh/", draft_review.draft_submit, name="draft_submit"),
    path("du-thao/<int:pk>/rut/", draft_review.draft_withdraw, name="draft_withdraw"),
    path("du-thao/<int:pk>/bo/", draft_review.draft_drop, name="draft_drop"),
    path("du-thao/<int:pk>/y-kien/", draft_review.draft_decide, name="draft_decide"),
    path("du-thao/<int:pk>/gop-y/", draft_review.draft_comment, name="draft_comment"),
    path("du-thao/gop-y/<int:pk>/tra-loi/", draft_review.comment_answer, name="comment_answer"),
    path("du-thao/<int:pk>/lay-so/", draft_review.draft_number, name="draft_number"),
    path("du-thao/<int:pk>/phat-hanh/", draft_review.draft_issue, name="draft_issue"),
    path("du-thao/<int:pk>/da-ky/", draft_review.draft_signed, name="draft_signed"),
    path("du-thao/<int:pk>/gui/", draft_review.draft_send, name="draft_send"),
    path("uy-quyen/", delegating.delegation_list, name="delegation_list"),
    path("uy-quyen/<int:pk>/ket-thuc/", delegating.delegation_end, name="delegation_end"),
    path("<int:pk>/van-ban-sau/", drafts.document_follow, name="document_follow"),
]
