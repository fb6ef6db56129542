"""Catalogue -> one blank workbook per unit, that checks itself while it is being filled in."""

from pipeline.templates.render import Answers, render_template, template_name

__all__ = ["Answers", "render_template", "template_name"]
