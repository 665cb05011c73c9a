"""Japanese eras: which year is meant by 令和8年, and back."""

from datetime import date

# The first day, the name, the letter of forms and spreadsheets. Meiji from its calendar reform: earlier days had
# another calendar.
ERAS = (
    (date(2019, 5, 1), "令和", "R"),
    (date(1989, 1, 8), "平成", "H"),
    (date(1926, 12, 25), "昭和", "S"),
    (date(1912, 7, 30), "大正", "T"),
    (date(1873, 1, 1), "明治", "M"),
)
_MEIJI_ONE = 1868
_KANJI = "月火水木金土日"
_FIRST = {name: _MEIJI_ONE if name == "明治" else start.year for start, name, _ in ERAS}
_FIRST |= {letter: _FIRST[name] for _, name, letter in ERAS}


def western_year(era: str, year: str) -> int:
    """The year of ("令和", "8"), ("R", "8") or ("令和", "元"). A KeyError for a name that is no era."""
    return _FIRST[era.upper()] + (1 if year == "元" else int(year)) - 1


def wareki(day: date) -> str:
    """A date as town offices write it: 令和8年11月23日（月）; before 1873 with the western year."""
    weekday = _KANJI[day.weekday()]
    for start, name, _ in ERAS:
        if day >= start:
            year = day.year - _FIRST[name] + 1
            return f"{name}{'元' if year == 1 else year}年{day.month}月{day.day}日（{weekday}）"
    return f"{day.year}年{day.month}月{day.day}日（{weekday}）"
