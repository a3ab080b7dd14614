from django.apps import AppConfig


class LibConfig(AppConfig):
    name = "hdnd.lib"
    label = "lib"
