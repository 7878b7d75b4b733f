"""How the parts of a report that are no cells are called on screen."""

from __future__ import annotations

import json

from govdesk.form.form import Form
from govdesk.report.compare import BLANK_WORD, Difference, describe_place, format_entry
from govdesk.report.report import Entry, Key, Layer

LAYER_NAMES = {Layer.COVER: "封面与机关", Layer.TEXTS: "文字", Layer.VALUES: "表格", Layer.STATED: "原件合计",
               Layer.PREVIOUS: "上年数字", Layer.TAPES: "算式", Layer.NOTES: "备注", Layer.SOURCES: "来源",
               Layer.ANSWERS: "说明", Layer.PREVIOUS_TEXTS: "上年文字", Layer.PREVIOUS_ANSWERS: "上年说明",
               Layer.DESK: "其他"}
COVER_NAMES = {"organ.name": "机关全称", "organ.short_name": "机关简称", "organ.level": "机关层级",
               "organ.kind": "年报种类", "year": "报告年度", "issued_on": "成文日期", "contact.office": "联系机构",
               "contact.address": "联系地址", "contact.phone": "联系电话"}
WORK_NAMES = {"deadline": "截止日期", "label": "草稿的名字", "previous_source": "上年数字的来源"}
FACT_NAMES = {**COVER_NAMES, **WORK_NAMES}   # whatever the cover's page asks for


def describe_entry_place(form: Form, layer: Layer, key: Key) -> str:
    """The place of an entry in the words of the screen; of a reason given the rule that asked for it."""
    if layer in (Layer.ANSWERS, Layer.PREVIOUS_ANSWERS):
        rule = str(key).partition("/")[0]
        return next((check.title for check in form.checks if check.id == rule), str(key))
    return FACT_NAMES.get(str(key)) or describe_place(form, Difference(layer, key, None, None))


def describe_entry(form: Form, layer: Layer, key: Key, entry: Entry | None) -> str:
    """An entry as it is read on the screen: a choice by its label, a reason without what it was given for."""
    if entry is None:
        return BLANK_WORD
    if layer is Layer.COVER and str(key) in ("organ.level", "organ.kind"):
        choice = form.choice(str(key).removeprefix("organ."), str(entry))
        return choice.label if choice else str(entry)
    if layer in (Layer.ANSWERS, Layer.PREVIOUS_ANSWERS):
        return _reason(str(entry))
    return format_entry(entry)


def _reason(answer: str) -> str:
    try:
        held = json.loads(answer)
    except ValueError:
        return answer
    return str(held.get("reason") or answer) if isinstance(held, dict) else answer
