"""How forms are drawn: one template for a form, one for a field."""

from django.forms.renderers import TemplatesSetting


class FormRenderer(TemplatesSetting):
    """`{{ form }}` and `{{ form.name.as_field_group }}` in our look; admin keeps its own templates."""

    form_template_name = "components/form.html"
    field_template_name = "components/field.html"
