"""Words of the Chinese grammar: classifiers, counted nouns, scales, numerals and units."""

from __future__ import annotations

import re
from typing import Final

from digestlib.patterns import one_of
from digestlib.quantities.units import CHINESE

CLASSIFIER: Final = (
    r"(?:个(?!性化)|条(?!件)|种(?!类[型别]|子)|项(?!目标)|款(?!式)|类(?![似型别比])|张(?![量力])|台(?!阶)|位(?![置姿移于数宽图点长列居次整浮定精量为二系]|有[效符]|无符)|"
    r"名(?![称为义词单])|篇(?![幅章])|份(?!额)|家(?![族居庭具务])|对(?![比齐应于话抗象称数角手方标照外内上下])|"
    r"大(?:类(?!别)|(?![小量规模语幅于概约多型尺家洲陆]))|只|套(?![件利])|组(?![件合织成内间装])|道(?![路德])|件|颗|枚|场(?![景合所])|幅(?!度)|"
    r"首(?![先次个帧款创要])|部(?![分署件门位])|本(?![文地身体质征研论机来科人])|所(?![有以示需用提得述])|支(?![持撑付出路架配线])|"
    r"趟|圈(?![内外子养])|瓶(?!颈)|箱(?!子)|盒(?!子)|杯|袋|桶|册|句(?![柄子])|辆|架(?!构)|例(?!如)|处(?![理于])|根(?![据本])|批(?![次处量评])|座(?![位标])|股|枝|盏|艘|席(?![卷位])|只)"
)
COUNTED: Final = (
    r"(?:视频序列|视频片段|视频|图像|图片|图文对|轨迹|样本对?|数据集|数据|参与者|参数量?|模型|任务|基准|问题|场景|领域|学科|语言|"
    r"类别|类型|机器人|相机|节点|专家(?![注标级评知])|注意力头|头|用户|论文|实验|指标|维度|维|视角|视图|阶段|步骤|步|帧|层级|层|轮次|轮|"
    r"样例|示例|案例|例子|提示词|提示|词元|词|字|单词|句子|句|段落|段|页|行|列|自由度|关节|部分|方面|组件|模块|角色|卡|块|级(?!别)|"
    r"代|折|遍|回合|对话|跳|次|倍速|像素|点云|点|位|人(?![工类员机物脸体像形群称为])|国家|大洲|年级|图层|尺度|分辨率|核(?!心)|路|通道|条件|小时|"
    r"[Tt]okens?|[Ee]pochs?|views?|shots?|hops?|steps?|frames?|samples?|layers?|experts?|heads?|GPUs?|TPUs?|DoFs?|"
    r"videos?|images?|tasks?|FLOPs)"
)
_MORE_COUNTED: Final = (
    r"(?:视频流|音频流|文本|上下文|轴(?![承向线])|核(?!心)|字符|题目|题|文档|网页|单元|患者|病人|病例|受试者|被试|医生|志愿者|标注者|标注员|评审|"
    r"物体|对象|动作|技能|方法|算法|测试|候选|概念|规则|工具|环境|家庭|版本|策略|说话人|关键点|关键帧|种子|随机种子|演示|操作|试验|请求|"
    r"标签|文件|表格|图表|代码|仓库|程序|智能体|插件|服务器|设备|传感器|线程|进程|卷积核|分支|方向|模态|类|种|样品|切片|扫描|"
    r"实体|关系|三元组|事件|片段|镜头|歌曲|音频|语音|话语|指令|问答对|问答|偏好对|查询|评论|论坛|商品|交易|周?岁(?!月)|学生|国|城市|"
    r"特征|通路|滤波器|块|窗口|位置|点位|顶点|三角面|面片|高斯|体素|候选框|框|掩码|残差块|注意力层|门|校|医院|高校|机构|"
    r"[Aa]gents?|[Cc]hunks?|[Pp]rompts?|[Qq]ueries|[Dd]ocuments?|[Ii]terations?|[Bb]atch(?:es)?|APIs?|bins?|patches|nodes?|CPUs?|ways?|folds?)"
)
NOUN: Final = rf"(?:{COUNTED}|{_MORE_COUNTED})"
"""What is counted, where only the noun behind a figure is wanted and nothing hangs on it."""
SMALL_NOUN: Final = (
    r"(?:阶段|步骤|步(?!步)|层级?(?!次|面|出)|轮|部分(?!地)|维度|组件|模块|角色|视角|自由度|关节|级(?!别|联)|代(?![表码理价替])|"
    r"帧|档(?![案次位])|次(?![元序要])|遍(?![布及历地])|卡|路|步|例|倍|折|台|模态|任务|指标|方面|分支|领域|场景|方向|轴(?![承向线心])|通道|周?岁(?!月))"
)
SCALE: Final = r"(?:[十百千]万亿|万亿|千亿|百亿|十亿|千万|百万|十万|亿|万(?![能物有维])|千(?![米克瓦赫焦卡兆帕伏比电])|百(?![分帕]))"
DIGITS: Final = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?(?![\d])|\d+(?:\.\d+)?"
NUMERALS: Final = (
    r"(?:[一二两三四五六七八九十](?:[零〇一二两三四五六七八九十百万亿]|(?<![十百千])千){0,24}(?:点[零一二三四五六七八九]{1,12})?"
    r"|零点[零一二三四五六七八九]{1,12}(?![十刻整]|分(?!之)))"
)
"""In 八百千克 the 千 belongs to the unit."""
PEOPLE: Final = r"人(?![工类员机物脸体像形群称为才们生间格性设选手次均造])"
_NOT_BEHIND: Final = {
    "天": "(?![然空气生])",
    "周": "(?![围期边目身岁])",
    "年": "(?![级代龄轻份度])",
    "度": "(?![量过])",
    "元": "(?![组素件数宇语认学])",
    "升": "(?![级至到高维])",
    "克": "(?![服隆])",
    "米": "(?![其])",
    "分": "(?![钟之类支组布辨别析割解离层配数成享块步段量歧词钱位])",
    "点": "(?![云击集积对])",
    "倍": "(?![率增])",
    "秒": "(?!杀)",
    "角": "(?![度色落膜形质星逐])",
    "焦": "(?![点距])",
    "瓦": "(?!解)",
}
_AGES: Final = frozenset(("岁", "周岁"))
"""Behind an age the English is free: aged 18–65, 61 years, 3-year-old; 岁 is its noun."""
_ASCII_END: Final = re.compile(r"[A-Za-z]$")
_UNITS: Final = {
    alias: r"(?![A-Za-z0-9])" if _ASCII_END.search(alias) else _NOT_BEHIND.get(alias, "")
    for alias in CHINESE.keys() - _AGES
}
"""Each with what must not follow it."""
UNIT_HERE: Final = re.compile(rf"\s?(?P<unit>{one_of(_UNITS)})")
CLASSIFIER_HERE: Final = re.compile(rf"\s?{CLASSIFIER}")
NOUN_HERE: Final = re.compile(rf"\s?(?P<noun>{NOUN})")
