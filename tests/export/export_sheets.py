"""A whole report as a neutral document, with the exact labels of the form: what the export tests print."""

from __future__ import annotations

from govdesk.base.cell_role import CellRole
from govdesk.document.document import (
    Document,
    DocumentBlock,
    GridBlock,
    GridCell,
    Heading,
    Paragraph,
    SignatureBlock,
    Title,
)

ORGAN = "硚口区人民政府办公室"
HEAD, LABEL, BAND, FIGURE = CellRole.HEAD, CellRole.LABEL, CellRole.BAND, CellRole.FIGURE

PREAMBLE = (
    "2023年，区人民政府办公室坚持以习近平新时代中国特色社会主义思想为指导，深入学习贯彻党的二十大精神，聚焦社会公众需求，"
    "按照“公开为原则，不公开为例外”的要求，依法依规推动政府信息公开，着力提升信息公开质量和实效。根据《中华人民共和国政府"
    "信息公开条例》（国务院令第711号）规定，现公开区人民政府办公室2023年政府信息公开工作年度报告。本年度报告中所列数据的"
    "统计期限为2023年1月1日至2023年12月31日。如本报告有疑问，请联系：硚口区政府办公室信息科，地址：硚口区沿河大道518号，"
    "电话：027-83426347。"
)
OVERVIEW = (
    ("（一）主动公开",
     "一是指导细化全区行政机关的机构职能，在原“机构职能”外继续增设“领导成员及分工”“内设机构”等两个子栏目，"
     "督促各单位在门户网站上公开上述信息。二是督促各单位动态调整各领域基层政务公开标准目录，新增“水利”“自然资源”领域基层"
     "政务公开标准目录。"),
    ("（二）依申请公开",
     "指导区政务服务和大数据管理局完善依申请信息登记、审核、归档等工作。2023年，共收到并办理依申请公开"
     "政府信息24件。"),
    ("（三）政府信息管理",
     "优化政府信息发布机制，指导制定《关于印发硚口区人民政府网站和政务新媒体信息审核提供、编辑发布、管理"
     "工作制度》，保障政府网站发布信息的权威性、及时性、准确性、严肃性和安全性。"),
    ("（四）政府信息公开平台建设",
     "指导完成网站升级改版，栏目更优化、检索更便利、信息关联更科学。指导完成建筑工地夜间施工审批"
     "系统与区门户网站的关联，审批办结信息及时上传，方便企业、群众监督。"),
    ("（五）监督保障",
     "严格落实考核制度，每月落实第三方检查网站工作完成情况，点对点督促相关单位完成问题整改，促进工作落实。将"
     "政务公开纳入年度目标工作考核，建立监督评议制度，自觉接受社会各界监督，主动听取群众意见和建议。2023年度，我办及相关个人"
     "未因政务公开被责任追究。"),
)
PROBLEMS = (
    "2023年，我办政府信息公开工作取得一定成效，但仍存在一些不足：一是政策解读形式还不够丰富；二是依申请公开答复的规范性有待"
    "进一步提高——个别答复书说理不够充分……对此，我办将按照国办公开办函〔2021〕30号文件要求，加强业务培训，逐件审核把关。",
    "2024年，我办将进一步拓展公开渠道，提高公开质量。",
)
OTHER = "按照《政府信息公开信息处理费管理办法》，2023年我办未产生信息处理费。除此之外，无其他需要报告的事项。"


def head(text: str, rows: int = 1, columns: int = 1, breaks: tuple[int, ...] = ()) -> GridCell:
    return GridCell(text, HEAD, rows, columns, breaks, must_break=bool(breaks))


def label(text: str, rows: int = 1, columns: int = 1, breaks: tuple[int, ...] = ()) -> GridCell:
    return GridCell(text, LABEL, rows, columns, breaks)


def figures(values: list[str]) -> tuple[GridCell, ...]:
    return tuple(GridCell(value, FIGURE) for value in values)


def proactive() -> GridBlock:
    def band(text: str) -> tuple[GridCell, ...]:
        return (GridCell(text, BAND, 1, 4),)

    def wide(name: str, value: str) -> tuple[GridCell, ...]:
        return (label(name), GridCell(value, FIGURE, 1, 3))

    decisions = (head("信息内容"), head("本年处理决定数量", 1, 3))
    return GridBlock("主动公开政府信息情况", (66, 30, 30, 30), 0, (
        band("第二十条第（一）项"),
        (head("信息内容"), head("本年制发件数"), head("本年废止件数"), head("现行有效件数")),
        (label("规章"), *figures(["0", "0", "0"])),
        (label("行政规范性文件"), *figures(["2", "1", "16"])),
        band("第二十条第（五）项"), decisions, wide("行政许可", "316441"),
        band("第二十条第（六）项"), decisions, wide("行政处罚", "1023"), wide("行政强制", "58"),
        band("第二十条第（八）项"), (head("信息内容"), head("本年收费金额（单位：万元）", 1, 3)),
        wide("行政事业性收费", "3415.74"),
    ))


GROUPS = (
    ("（三）不予公开", (
        "1.属于国家秘密", "2.其他法律行政法规禁止公开", "3.危及“三安全一稳定”", "4.保护第三方合法权益",
        "5.属于三类内部事务信息",
        "6.属于四类过程性信息", "7.属于行政执法案卷", "8.属于行政查询事项")),
    ("（四）无法提供", ("1.本机关不掌握相关政府信息", "2.没有现成信息需要另行制作", "3.补正后申请内容仍不明确")),
    ("（五）不予处理", (
        "1.信访举报投诉类申请", "2.重复申请", "3.要求提供公开出版物", "4.无正当理由大量反复申请",
        "5.要求行政机关确认或重新出具已获取信息")),
    ("（六）其他处理", (
        "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请",
        "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请", "3.其他")),
)


def row_figures(number: int, spread: int = 1) -> tuple[GridCell, ...]:
    """Seven figures that are different in every cell, so that a test can find each."""
    return figures([str(number * 100 + i * spread) for i in range(7)])


def requests(groups: tuple[tuple[str, tuple[str, ...]], ...] = GROUPS, spread: int = 1) -> GridBlock:
    stub = head("（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）", 3, 3, (22,))
    kinds = (("商业企业", (2,)), ("科研机构", (2,)), ("社会公益组织", (2, 4)), ("法律服务机构", (2, 4)), ("其他", ()))
    inner = 2 + sum(len(lines) for _, lines in groups) + 1
    rows: list[tuple[GridCell, ...]] = [
        (stub, head("申请人情况", 1, 7)),
        (head("自然人", 2), head("法人或其他组织", 1, 5), head("总计", 2)),
        tuple(head(text, breaks=at) for text, at in kinds),
        (label("一、本年新收政府信息公开申请数量", 1, 3), *row_figures(1, spread)),
        (label("二、上年结转政府信息公开申请数量", 1, 3), *row_figures(2, spread)),
        (label("三、本年度办理结果", inner), label("（一）予以公开", 1, 2), *row_figures(3, spread)),
        (label("（二）部分公开（区分处理的，只计这一情形，不计其他情形）", 1, 2), *row_figures(4, spread)),
    ]
    for name, lines in groups:
        for i, line in enumerate(lines):
            front = (label(name, len(lines), 1, (3,)),) if not i else ()
            rows.append((*front, label(line), *row_figures(len(rows) - 2, spread)))
    rows.append((label("（七）总计", 1, 2), *row_figures(len(rows) - 2, spread)))
    rows.append((label("四、结转下年度继续办理", 1, 3), *row_figures(len(rows) - 2, spread)))
    return GridBlock("收到和处理政府信息公开申请情况", (9, 19, 44, *[12] * 7), 3, tuple(rows))


def disputes() -> GridBlock:
    outcomes = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")

    def five(rows: int) -> tuple[GridCell, ...]:
        return tuple(head(text, rows, 1, (2,) if len(text) > 2 else ()) for text in outcomes)

    return GridBlock("行政复议、行政诉讼情况", (10.4,) * 15, 3, (
        (head("行政复议", 1, 5), head("行政诉讼", 1, 10)),
        (*five(2), head("未经复议直接起诉", 1, 5), head("复议后起诉", 1, 5)),
        (*five(1), *five(1)),
        figures([str(9000 + i) for i in range(15)]),
    ))


def sections() -> tuple[DocumentBlock, ...]:
    blocks: list[DocumentBlock] = [Heading(1, "一、总体情况", "overview")]
    for i, (name, text) in enumerate(OVERVIEW):
        blocks += [Heading(2, name, f"overview.{i}"), Paragraph(text)]
    return (
        *blocks,
        Heading(1, "二、主动公开政府信息情况", "proactive"), proactive(),
        Heading(1, "三、收到和处理政府信息公开申请情况", "requests"), requests(),
        Heading(1, "四、政府信息公开行政复议、行政诉讼情况", "disputes"), disputes(),
        Heading(1, "五、存在的主要问题及改进情况", "problems"), *map(Paragraph, PROBLEMS),
        Heading(1, "六、其他需要报告的事项", "other"), Paragraph(OTHER),
    )


def report() -> Document:
    title = f"{ORGAN}2023年政府信息公开工作年度报告"
    return with_blocks(Title(title), Paragraph(PREAMBLE), *sections(), SignatureBlock(ORGAN, "2024年1月18日"))


def with_blocks(*blocks: DocumentBlock) -> Document:
    return Document(f"{ORGAN}2023年政府信息公开工作年度报告", ORGAN, 2023, "2024-01-18", blocks)
