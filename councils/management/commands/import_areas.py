"""manage.py import_areas"""

from typing import Any

from django.core.management.base import BaseCommand

from councils.official_areas import import_official_areas


class Command(BaseCommand):
    """Imports the provinces and communes of today."""

    help = "Nhập 34 tỉnh, thành phố và 3.321 xã, phường, đặc khu hiện hành; chạy lại không đổi gì."

    def handle(self, *args: Any, **options: Any) -> None:
        done = import_official_areas()
        self.stdout.write(
            f"{done.provinces} đơn vị cấp tỉnh, {done.communes} đơn vị cấp xã: "
            f"thêm {done.created}, sửa {done.changed}."
        )
        if done.unlisted:
            self.stdout.write(
                f"{done.unlisted} đơn vị không còn trong danh mục chính thức: hãy nhập ngày kết thúc."
            )
