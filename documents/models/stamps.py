"""Pictures that stand for a signature or a seal on signed papers."""

from django.db import models

from councils.models import Person
from documents.models.issuer import Issuer


class SignatureImage(models.Model):
    """A person's signature as it is drawn on what they sign: blue, on nothing (NĐ 30/2020, Phụ lục I, mục II.7.d)."""

    person = models.OneToOneField(
        Person, models.PROTECT, verbose_name="người ký", related_name="signature_image"
    )
    file = models.CharField("tệp", max_length=120, editable=False)

    class Meta:
        verbose_name = "ảnh chữ ký"
        verbose_name_plural = "ảnh chữ ký"

    def __str__(self) -> str:
        return f"Chữ ký của {self.person}"


class SealImage(models.Model):
    """A body's seal: red, on nothing, as large as the seal itself (NĐ 30/2020, Phụ lục I, mục II.8)."""

    issuer = models.OneToOneField(
        Issuer, models.PROTECT, verbose_name="cơ quan ban hành", related_name="seal_image"
    )
    file = models.CharField("tệp", max_length=120, editable=False)

    class Meta:
        verbose_name = "ảnh con dấu"
        verbose_name_plural = "ảnh con dấu"

    def __str__(self) -> str:
        return f"Con dấu của {self.issuer}"
