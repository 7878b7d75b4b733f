"""A place that was left to be filled in is found however it is written; what offices lawfully write is none."""

from __future__ import annotations

import pytest

from govdesk.checks.leftovers import find_placeholder
from govdesk.form.form import Form

GAPS = """
XX局|Ｘ Ｘ局|× ×局|某某局|某 某局|〇〇局|◯◯局|●●局|☐|□局|##条|＃＃条|__局|**科
N条|Ｎ条|ｎ件|X家|X起|X宗|X名|X位|X部|X万元|X元|X%|X％|X类|X批|X余条|20XX年|2023年X月X日|政办发〔2023〕X号
收到申请 件|收到申请    件。|收到申请　　件，|2023年 月 日|2023年  月|3月 日|政办发〔2023〕 号|第 号
共_件|共＿件|*条|＊条|共○件|共〇件|……件|…件。|共--件，|？件|?件
（ ）件|［ ］件|[]件|｛｝|{}|【】|‘’|「」|『』|“ ”|《 》
（略）|（空）|（填写）|（请补充）|【填写单位】|<单位名称>|＜单位名称＞|请在此处填写|此处待补充
待确认。|数据待核。|数据待统计，|待更新|待补录|待定|（待补）|某年某月|某月某日
TODO|TBD|NaN|{{organ}}|${year}|{organ.name}|#REF!|#N/A|#DIV/0!
"""
LAWFUL = """
有待完善|有待进一步提高|待遇|待办事项|等待补正|待补正的申请2件|另有待补正申请1件|领导接待定期公开|接待群众|依法对待补充材料
正在等待更新。|待补贴|待业人员|待定岗人员|公务接待费|看待更新|12345热线|“粤省事”APP|X射线|A4纸|N95口罩|5G|C++|#政务公开#
3×4件|1.5×2|100%|100 件|公开 3 条|2023 年 1 月 1 日|二〇二三年|二○二三年|二〇〇八年|二〇件|一〇五件|——件件有着落|……次年
是否公开？条例规定|每 月|各 项|每 件|政办发〔2023〕3号|〔2019〕14号|[2023]5号|第 3 号|网址 www.xx.gov.cn|邮箱 xx@gov.cn
https://www.gov.cn/index?id=xx|（略有增长）|（填报单位：临江区教育局）|（单位：件）
“好差评” “一网通办”|一件事一次办|某些|本机关 年度报告
"""


def _listed(lines: str) -> list[str]:
    return [words for line in lines.strip().splitlines() for words in line.split("|")]


@pytest.mark.parametrize("words", _listed(GAPS))
def test_a_gap_is_found(form: Form, words: str) -> None:
    assert find_placeholder(form, words)
    assert find_placeholder(form, f"全年{words}")


@pytest.mark.parametrize("words", _listed(LAWFUL))
def test_lawful_words_are_none(form: Form, words: str) -> None:
    assert find_placeholder(form, words) == ""
