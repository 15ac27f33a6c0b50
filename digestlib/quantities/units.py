"""The units of figures, Chinese and English: one table, read by both number grammars.

A unit has one canonical symbol (what `Quantity.unit` holds), a kind within which values can
be converted, and the way English prints it: `10 km`, `1 hour`, `7 hours`, `$5`, `4-bit`.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import Final, Literal, NamedTuple

from digestlib.quantities.spellings import per_in_chinese, per_in_english, respelled

UnitKind = Literal[
    "time",
    "gpu_time",
    "length",
    "area",
    "acceleration",
    "dose",
    "molar_energy",
    "energy_density",
    "current",
    "flow",
    "parts",
    "illuminance",
    "luminous_flux",
    "luminance",
    "resistance",
    "amount",
    "power_level",
    "angular_speed",
    "labour",
    "core_time",
    "node_time",
    "machine_time",
    "base_pairs",
    "molarity",
    "concentration",
    "pressure",
    "torque",
    "voltage",
    "charge",
    "volume",
    "mass",
    "speed",
    "data_size",
    "data_rate",
    "bit_width",
    "resolution",
    "frequency",
    "rate",
    "decibel",
    "compute",
    "power",
    "energy",
    "temperature",
    "angle",
    "money",
    "percent",
    "percentage_points",
    "points",
    "multiplier",
    "magnitude",
]


class Unit(NamedTuple):
    """One unit; `factor` times a value gives it in the base unit of the kind."""

    symbol: str
    kind: UnitKind
    factor: Decimal
    chinese: tuple[str, ...]
    english: tuple[str, ...]
    singular: str
    """As printed behind the figure, with the space or hyphen that joins it."""
    plural: str
    prefix: str = ""

    def print(self, figure: str) -> str:
        """The figure with this unit as English writes it; plural unless the figure is one."""
        behind = self.singular if figure in ("1", "one") else self.plural
        return f"{self.prefix}{figure}{behind}"


def convert(value: Decimal, symbol: str) -> Decimal:
    """The value in the base unit of its kind (seconds, metres, bytes, hertz, …).

    Raises `KeyError` for a symbol that is not in the table.
    """
    return value * UNITS[symbol].factor


def comparable(first: str, second: str) -> bool:
    """Whether two unit symbols measure the same kind of thing; no unit only matches no unit."""
    if first == second:
        return True
    if first not in UNITS or second not in UNITS:
        return False
    return UNITS[first].kind == UNITS[second].kind


def _symbol(
    symbol: str,
    kind: UnitKind,
    factor: str,
    chinese: str = "",
    english: str = "",
    *,
    joint: str = " ",
    prefix: str = "",
) -> Unit:
    """A unit that English prints as its symbol; aliases are separated by `|`."""
    behind = "" if prefix else joint + symbol
    aliases = _split(symbol, english)
    return Unit(
        symbol, kind, Decimal(factor), _split(symbol, chinese), aliases, behind, behind, prefix
    )


def _word(
    symbol: str, kind: UnitKind, factor: str, singular: str, chinese: str, english: str = ""
) -> Unit:
    """A unit that English prints as a word with a plural; aliases are separated by `|`."""
    plural = singular + "s"
    aliases = _split(singular, plural, english)
    return Unit(
        symbol, kind, Decimal(factor), _split(chinese), aliases, f" {singular}", f" {plural}"
    )


def _split(*aliases: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(alias for group in aliases for alias in group.split("|") if alias))


def _per_second(unit: str, aliases: str) -> str:
    """The ways to write a rate of data, in words and as symbols."""
    return f"{aliases}|{unit} per second|{unit} a second"


_TABLE: tuple[Unit, ...] = (
    _symbol("fs", "time", "1e-15", "飞秒", "femtosecond|femtoseconds"),
    _symbol("ps", "time", "1e-12", "皮秒", "picosecond|picoseconds"),
    # time, in seconds
    _symbol("ns", "time", "1e-9", "纳秒", "nanosecond|nanoseconds"),
    _symbol("μs", "time", "1e-6", "微秒", "µs|us|microsecond|microseconds"),
    _symbol("ms", "time", "1e-3", "毫秒", "msec|millisecond|milliseconds"),
    _symbol("s", "time", "1", "秒钟|秒", "sec|secs|second|seconds"),
    _word("min", "time", "60", "minute", "分钟|min|mins", "min|mins"),
    _word("h", "time", "3600", "hour", "个小时|小时|个钟头|h|hr|hrs", "h|hr|hrs"),
    _word("d", "time", "86400", "day", "天|日", ""),
    _word("week", "time", "604800", "week", "个星期|星期|周", "wk|wks"),
    _word("month", "time", "2629746", "month", "个月", ""),
    _word("year", "time", "31556952", "year", "周岁|岁|年", "yr|yrs"),
    _word(
        "GPU h",
        "gpu_time",
        "3600",
        "GPU hour",
        "GPU小时|GPU 小时|个GPU小时|个 GPU 小时|个 GPU小时|GPU-小时|GPU·小时|GPU时|GPU 时|GPU hours|GPU-hours|GPU·h|卡时|卡小时",
        "GPU-hour|GPU-hours|GPU·h|GPU h|GPUh|card-hour|card-hours",
    ),
    _word(
        "GPU d",
        "gpu_time",
        "86400",
        "GPU day",
        "GPU天|GPU 天|GPU-天|GPU·天|GPU days|卡天",
        "GPU-day|GPU-days|card-day|card-days",
    ),
    # length in metres, area, volume, mass, speed
    _symbol("nm", "length", "1e-9", "纳米", "nanometre|nanometres|nanometer|nanometers"),
    _symbol("μm", "length", "1e-6", "微米", "µm|um|micron|microns|micrometre|micrometres|micrometer|micrometers"),
    _symbol(
        "mm", "length", "1e-3", "毫米", "millimetre|millimetres|millimeter|millimeters"
    ),
    _symbol(
        "cm", "length", "1e-2", "厘米", "centimetre|centimetres|centimeter|centimeters"
    ),
    _symbol("m", "length", "1", "米", "metre|metres|meter|meters"),
    _symbol("km", "length", "1e3", "公里|千米", "kilometre|kilometres|kilometer|kilometers"),
    _word("mi", "length", "1609.344", "mile", "英里", ""),
    Unit(
        "in", "length", Decimal("0.0254"), ("英寸", "寸"), ("inch", "inches"), " inch", " inches"
    ),
    _symbol("m²", "area", "1", "平方米|平米|m^2", "square metres|square meters|sq m|sq. m|m^2"),
    _symbol("km²", "area", "1e6", "平方公里|平方千米|km^2", "square kilometres|square kilometers|sq km|sq. km|km^2"),
    _symbol("mm²", "area", "1e-6", "平方毫米|mm^2", "square millimetres|square millimeters|sq mm|mm^2"),
    _symbol("cm²", "area", "1e-4", "平方厘米|cm^2", "square centimetres|square centimeters|sq cm|cm^2"),
    Unit("sq ft", "area", Decimal("0.09290304"), ("平方英尺",), ("sq ft", "sq. ft", "square foot", "square feet"), " square foot", " square feet"),
    _symbol("mm³", "volume", "1e-6", "立方毫米|mm^3", "cubic millimetres|cubic millimeters"),
    _symbol("m³/s", "flow", "1", "立方米/秒|立方米每秒|m^3/s", "cubic metres per second|cubic meters per second"),
    _symbol("cm³", "volume", "1e-3", "立方厘米|cm^3", "cubic centimetres|cubic centimeters"),
    _symbol("m³", "volume", "1e3", "立方米|m^3", "cubic metres|cubic meters|m^3"),
    _symbol("mL", "volume", "1e-3", "毫升", "ml|millilitre|millilitres|milliliters"),
    _symbol("L", "volume", "1", "升|公升", "litre|litres|liter|liters"),
    _symbol("ng", "mass", "1e-12", "纳克", "nanogram|nanograms"),
    _symbol("μg", "mass", "1e-9", "微克|µg|ug", "µg|ug|mcg|microgram|micrograms"),
    _symbol("mg", "mass", "1e-6", "毫克", "milligram|milligrams"),
    _symbol("g", "mass", "1e-3", "克", "gram|grams"),
    _symbol("kg", "mass", "1", "公斤|千克", "kilogram|kilograms|kilo|kilos"),
    _word("t", "mass", "1e3", "tonne", "吨", "ton|tons"),
    _word("ly", "length", "9460730472580800", "light-year", "光年", "light year|light years|ly"),
    _word("pc", "length", "30856775814913673", "parsec", "秒差距", "pc"),
    _word("lb", "mass", "0.45359237", "pound", "磅", "lb|lbs"),
    _word("oz", "mass", "0.028349523125", "ounce", "盎司", "oz"),
    Unit("ft", "length", Decimal("0.3048"), ("英尺",), ("ft", "foot", "feet"), " foot", " feet"),
    _word("yd", "length", "0.9144", "yard", "英码", ""),
    _word("gal", "volume", "3.785411784", "gallon", "加仑", ""),
    _symbol("mph", "speed", "0.44704", "英里/小时|英里每小时", "miles per hour|miles an hour"),
    _word("ha", "area", "1e4", "hectare", "公顷", "ha"),
    _word("acre", "area", "4046.8564224", "acre", "英亩", ""),
    _symbol("m/s²", "acceleration", "1", "m/s^2|米/秒²", "m/s2"),
    # medicine and electronics
    _symbol("kcal/mol", "molar_energy", "4184", "千卡/摩尔", "kilocalories per mole"),
    _symbol("kJ/mol", "molar_energy", "1e3", "千焦/摩尔", "kilojoules per mole"),
    _symbol("kcal", "energy", "4184", "千卡|大卡", "kilocalorie|kilocalories|kcals"),
    _symbol("Å", "length", "1e-10", "埃", "angstrom|angstroms|ångström|ångströms"),
    _symbol("nM", "molarity", "1e-6", "", "nanomolar"),
    _symbol("μM", "molarity", "1e-3", "µM|uM", "µM|uM|micromolar"),
    _symbol("mM", "molarity", "1", "", "millimolar"),
    _symbol("MPa", "pressure", "1e6", "兆帕", "megapascals"),
    _symbol("GPa", "pressure", "1e9", "吉帕", "gigapascals"),
    _symbol("mA", "current", "1e-3", "毫安", "milliamps|milliamperes"),
    _symbol("Wh/kg", "energy_density", "1", "瓦时/千克|瓦时/公斤", "watt-hours per kilogram"),
    _word("mu", "area", "666.6666666666667", "mu", "亩", "")._replace(plural=" mu"),
    _word("bp", "base_pairs", "1", "base pair", "个碱基对|碱基对", "bp|base-pair"),
    _symbol("mg/kg", "dose", "1", "毫克/千克|毫克/公斤"),
    _symbol("mmol/L", "molarity", "1", "毫摩尔/升|mmol/l", "mmol/l"),
    _symbol("mg/dL", "concentration", "1e-2", "mg/dl", "mg/dl"),
    _symbol("μg/mL", "concentration", "1e-3", "µg/mL|ug/mL", "µg/mL"),
    _symbol("ng/mL", "concentration", "1e-6", "ng/ml", "ng/ml"),
    _symbol("mmHg", "pressure", "133.322", "毫米汞柱", "mm Hg"),
    _symbol("hPa", "pressure", "1e2", "百帕", "hectopascals"),
    _symbol("ppm", "parts", "1e-6", "", "parts per million"),
    _symbol("ppb", "parts", "1e-9", "", "parts per billion"),
    _symbol("lx", "illuminance", "1", "勒克斯", "lux"),
    _symbol("lm", "luminous_flux", "1", "流明", "lumen|lumens"),
    _symbol("cd/m²", "luminance", "1", "尼特|nits", "nit|nits"),
    _symbol("Ω", "resistance", "1", "欧姆", "ohm|ohms"),
    _symbol("kΩ", "resistance", "1e3", "千欧姆", "kilohm|kilohms"),
    _symbol("MΩ", "resistance", "1e6", "兆欧姆|兆欧", "megohm|megohms"),
    _symbol("mmol", "amount", "1e-3", "毫摩尔", "millimole|millimoles"),
    _symbol("mol", "amount", "1", "摩尔", "mole|moles"),
    _symbol("dBm", "power_level", "1"),
    _symbol("°/s", "angular_speed", "1", "度/秒|度每秒|°/秒", "deg/s|degrees per second|degrees a second", joint=""),
    _symbol("rad/s", "angular_speed", "57.29577951308232", "弧度/秒|弧度每秒", "radians per second|radians a second"),
    _word("person-hour", "labour", "1", "person-hour", "人时|人小时", "person hour|person hours|man-hour|man-hours"),
    _word("person-day", "labour", "8", "person-day", "人天|人日", "person day|person days|man-day|man-days"),
    _word("person-month", "labour", "160", "person-month", "人月|人·月", "person month|person months|man-month|man-months"),
    _word("person-year", "labour", "1920", "person-year", "人年|人·年", "person year|person years|man-year|man-years"),
    _word("machine-hour", "machine_time", "1", "machine-hour", "机时", "machine hour|machine hours"),
    _word("core-hour", "core_time", "1", "core-hour", "核时|核小时", "core hour|core hours"),
    _word("node-hour", "node_time", "1", "node-hour", "节点小时|节点时|节点·小时", "node hour|node hours"),
    _symbol("kPa", "pressure", "1e3", "千帕", "kilopascals"),
    _symbol("N·m", "torque", "1", "牛·米|牛米|Nm", "Nm|newton metres|newton meters"),
    _symbol("mV", "voltage", "1e-3", "毫伏", "millivolts"),
    _symbol("V", "voltage", "1", "伏特|伏", "volts"),
    _symbol("kV", "voltage", "1e3", "千伏", "kilovolts"),
    _symbol("mAh", "charge", "3.6", "毫安时|毫安", "milliampere-hours|milliamp-hours|milliamp hours|milliampere hours|milliamp-hour"),
    _symbol("m/s", "speed", "1", "米/秒|米每秒", "metres per second|meters per second"),
    _symbol("km/h", "speed", "0.2777777777777778", "公里/小时|千米/小时|公里每小时|千米每小时|公里/时|千米/时|公里时速|公里的时速|千米时速|千米的时速", "kph|kilometres per hour|kilometers per hour|km per hour|kilometres an hour|kilometers an hour"),
    # data, in bytes and bytes per second; K, M, B behind a count are not units
    _symbol("KB", "data_size", "1e3", "", "kB|kilobyte|kilobytes"),
    _symbol("MB", "data_size", "1e6", "兆字节|兆", "megabyte|megabytes"),
    _symbol("GB", "data_size", "1e9", "G|吉字节", "G|gigabyte|gigabytes"),
    _symbol("TB", "data_size", "1e12", "太字节", "terabyte|terabytes"),
    _symbol("PB", "data_size", "1e15", "拍字节", "petabyte|petabytes"),
    _symbol("KiB", "data_size", "1024"),
    _symbol("MiB", "data_size", "1048576"),
    _symbol("GiB", "data_size", "1073741824"),
    _symbol("TiB", "data_size", "1099511627776"),
    _word("byte", "data_size", "1", "byte", "字节", ""),
    _symbol("bps", "data_rate", "0.125", "比特/秒|比特每秒", "bit/s|bits per second|bits a second"),
    _symbol("kbps", "data_rate", "125", "千比特/秒|千比特每秒", _per_second("kilobits", "Kbps|kbit/s|kb/s")),
    _symbol("Mbps", "data_rate", "125e3", "兆比特/秒|兆比特每秒|Mb/s|Mbit/s", _per_second("megabits", "Mbit/s|Mb/s")),
    _symbol("Gbps", "data_rate", "125e6", "Gb/s|Gbit/s", _per_second("gigabits", "Gbit/s|Gb/s")),
    _symbol("Tbps", "data_rate", "125e9", "Tb/s", _per_second("terabits", "Tbit/s|Tb/s")),
    _symbol("KB/s", "data_rate", "1e3", "kB/s", _per_second("kilobytes", "kB/s|KB per second|kB per second")),
    _symbol("MB/s", "data_rate", "1e6", "", _per_second("megabytes", "MBps|MB per second|MB a second")),
    _symbol("GB/s", "data_rate", "1e9", "", _per_second("gigabytes", "GBps|GB per second|GB a second")),
    _symbol("TB/s", "data_rate", "1e12", "", _per_second("terabytes", "TBps|TB per second|TB a second")),
    _symbol("bit", "bit_width", "1", "比特|bit|-bit|-比特", "bits|-bit", joint="-"),
    _symbol("p", "resolution", "1", "P", joint=""),
    # frequency and rates, per second
    _symbol("Hz", "frequency", "1", "赫兹", "hertz"),
    _symbol("kHz", "frequency", "1e3", "千赫兹|千赫", "KHz|kilohertz"),
    _symbol("MHz", "frequency", "1e6", "兆赫兹|兆赫", "megahertz"),
    _symbol("GHz", "frequency", "1e9", "吉赫兹|吉赫", "gigahertz"),
    _symbol(
        "FPS",
        "rate",
        "1",
        "帧/秒|帧每秒|帧 / 秒|帧/s|fps|Fps",
        "fps|frames per second|frames/s|frame/s|frames a second",
    ),
    _symbol("it/s", "rate", "1", "iter/s|次迭代/秒|迭代/秒", "iterations/s|iterations per second"),
    _symbol("rpm", "frequency", "0.0166666666666667", "转/分钟|转/分|转每分钟|RPM", "RPM"),
    _symbol("bpm", "frequency", "0.0166666666666667", "次/分钟|次/分", "beats per minute"),
    _symbol("tokens/s", "rate", "1", "token/s|Tokens/s|Token/s|tok/s|tokens/秒|token/秒|词元/秒", "tokens per second"),
    _symbol("QPS", "rate", "1", "qps", "qps|queries per second"),
    _symbol("dB", "decibel", "1", "分贝|db", "decibel|decibels"),
    _symbol("GFLOPs", "compute", "1e9", "GFLOPS|GFlops", "GFLOP|GFLOPS|GFlops|gigaFLOPS|gigaflops"),
    _symbol("TFLOPs", "compute", "1e12", "TFLOPS|TFlops", "TFLOP|TFLOPS|TFlops|teraFLOPS|teraflops|teraFLOP"),
    _symbol("PFLOPs", "compute", "1e15", "PFLOPS|PFlops", "PFLOP|PFLOPS|PFlops|petaFLOPS|petaflops|petaFLOP"),
    _symbol("EFLOPs", "compute", "1e18", "EFLOPS|EFlops", "EFLOP|EFLOPS|EFlops|exaFLOPS|exaflops"),
    _symbol("FLOPs", "compute", "1", "次浮点运算", "FLOP|FLOPS|Flops|floating-point operations|floating-point operations per second"),
    _symbol("TOPS", "compute", "1e12"),
    # power, energy, temperature, angle, money
    _symbol("mW", "power", "1e-3", "毫瓦", "milliwatt|milliwatts"),
    _symbol("W", "power", "1", "瓦特|瓦", "watt|watts"),
    _symbol("kW", "power", "1e3", "千瓦", "KW|kilowatt|kilowatts"),
    _symbol("MW", "power", "1e6", "兆瓦", "megawatt|megawatts"),
    _symbol("GW", "power", "1e9", "吉瓦", "gigawatt|gigawatts"),
    _symbol("J", "energy", "1", "焦耳|焦", "joule|joules"),
    _symbol("kJ", "energy", "1e3", "千焦", "kilojoule|kilojoules"),
    _symbol("Wh", "energy", "3600", "W·h|瓦时", "watt-hour|watt-hours"),
    _symbol("kWh", "energy", "3.6e6", "千瓦时", "KWh|kW·h|kilowatt-hour|kilowatt-hours"),
    _symbol("MWh", "energy", "3.6e9", "兆瓦时", "MW·h|megawatt-hour|megawatt-hours"),
    _symbol("GWh", "energy", "3.6e12", "吉瓦时", "gigawatt-hour|gigawatt-hours"),
    _symbol("TWh", "energy", "3.6e15", "太瓦时", "terawatt-hour|terawatt-hours"),
    _symbol("mK", "temperature", "1", "毫开", "millikelvin"),
    _symbol("°C", "temperature", "1", "摄氏度|℃", "℃|degrees Celsius|degree Celsius|degrees C", joint=""),
    _symbol("°F", "temperature", "1", "华氏度|℉", "℉|degrees Fahrenheit", joint=""),
    _symbol("°", "angle", "1", "度", "degree|degrees", joint=""),
    _symbol("rad", "angle", "57.29577951308232", "弧度", "radian|radians"),
    _symbol("$", "money", "1", "美元|美金|USD", "USD|dollar|dollars|US dollar|US dollars|U.S. dollar|U.S. dollars", prefix="$"),
    _symbol("€", "money", "1", "欧元|EUR", "EUR|euro|euros", prefix="€"),
    _symbol("£", "money", "1", "英镑|GBP", "GBP", prefix="£"),
    _word("CNY", "money", "1", "yuan", "元人民币|人民币|块钱|元", "CNY|RMB|yuan")._replace(
        plural=" yuan"
    ),
    _symbol("HK$", "money", "1", "港元|港币|HKD", "HKD|Hong Kong dollar|Hong Kong dollars", prefix="HK$"),
    _word("S$", "money", "1", "Singapore dollar", "新加坡元|新元", "SGD"),
    _word("A$", "money", "1", "Australian dollar", "澳元|澳币", "AUD"),
    _word("C$", "money", "1", "Canadian dollar", "加元|加币", "CAD"),
    _word("CHF", "money", "1", "Swiss franc", "瑞士法郎|瑞郎", "CHF"),
    _word("yen", "money", "1", "yen", "日元|日圆|JPY", "JPY")._replace(plural=" yen"),
    _word("won", "money", "1", "won", "韩元|KRW", "KRW")._replace(plural=" won"),
    _word("rupee", "money", "1", "rupee", "卢比|INR", "INR"),
    _word("jiao", "money", "0.1", "jiao", "角钱|毛钱|角", "")._replace(plural=" jiao"),
    _word("fen", "money", "0.01", "fen", "分钱", "")._replace(plural=" fen"),
    Unit("cent", "money", Decimal("0.01"), ("美分",),
         ("cent", "cents", "¢", "US cent", "US cents", "euro cent", "euro cents", "eurocents", "pence"), " cent", " cents"),
    # shares and comparisons
    _symbol("%", "percent", "1", "％", "percent|per cent|per-cent", joint=""),
    _symbol("‰", "percent", "0.1", "", "per mille", joint=""),
    _word(
        "pp",
        "percentage_points",
        "1",
        "percentage point",
        "个百分点|百分点|pp|个pp",
        "percentage-point|pp|ppt|pps|% points",
    ),
    _word("basis point", "percentage_points", "0.01", "basis point", "个基点|基点", ""),
    _word("pt", "points", "1", "point", "个点|点|分|pts", "pts|pt"),
    _symbol("×", "multiplier", "1", "倍|x|X|×", "x|X|times|fold|-fold", joint=""),
    Unit(
        "order",
        "magnitude",
        Decimal(1),
        ("个数量级", "数量级"),
        ("order of magnitude", "orders of magnitude"),
        " order of magnitude",
        " orders of magnitude",
    ),
)  # fmt: skip


def _respelled(unit: Unit) -> Unit:
    """The unit with its names in other spellings: hyphens, grammes, one thing per another."""
    top, bottom = (_PLAIN.get(part) for part in (*unit.symbol.split("/"), "")[:2])
    chinese, english = unit.chinese, unit.english
    if top and bottom:
        chinese += per_in_chinese(top.chinese, bottom.chinese)
        english += per_in_english(top.english, bottom.english)
    return unit._replace(chinese=_split(*chinese), english=_split(*respelled(english)))


_PLAIN: Final = {unit.symbol: unit for unit in _TABLE if "/" not in unit.symbol}


def _index(aliases: Mapping[str, tuple[str, ...]]) -> Mapping[str, Unit]:
    return MappingProxyType({a: UNITS[symbol] for symbol, group in aliases.items() for a in group})


UNITS: Mapping[str, Unit] = MappingProxyType({unit.symbol: _respelled(unit) for unit in _TABLE})
"""Every unit by its canonical symbol."""

CHINESE: Mapping[str, Unit] = _index({u.symbol: u.chinese for u in UNITS.values()})
"""Units by what Chinese writes behind the figure."""

ENGLISH: Mapping[str, Unit] = _index({u.symbol: u.english for u in UNITS.values()})
"""Units by what English writes behind the figure (words in lower case)."""
