"""Words for kinds and states in the directory. The codes of worries, audiences, categories and features are rows
of TaxonomyTerm, seeded from data/taxonomies.json; their order here is the order of bits in the search index."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Kind(TextChoices):
    """What an entry is to the person who finds it."""

    PLACE = "place", _("居場所・場所")
    SERVICE = "service", _("相談・支援")
    ACTIVITY = "activity", _("活動")


class Status(TextChoices):
    """HSDS service.status, word for word."""

    ACTIVE = "active", _("活動中")
    INACTIVE = "inactive", _("休止中")
    DEFUNCT = "defunct", _("終了")
    CLOSED = "temporarily closed", _("一時休止")


class Sector(TextChoices):
    """The five sides of the platform (DOMAIN §3)."""

    GOVERNMENT = "government", _("行政各部署")
    SUPPORT = "support", _("当事者支援団体")
    COMMUNITY = "community", _("地域団体")
    BUSINESS = "business", _("民間企業")
    OTHER = "other", _("その他")


class LocationType(TextChoices):
    PHYSICAL = "physical", _("建物・場所")
    POSTAL = "postal", _("郵便")
    VIRTUAL = "virtual", _("オンライン")


class Frequency(TextChoices):
    WEEKLY = "WEEKLY", _("毎週")
    MONTHLY = "MONTHLY", _("毎月")


class Holidays(TextChoices):
    """What happens to a rule on a national holiday. Unknown is said as unknown."""

    AS_USUAL = "as_usual", _("祝日も同じ")
    CLOSED = "closed", _("祝日はお休み")
    ONLY = "only", _("祝日だけ")
    UNKNOWN = "unknown", _("祝日は要確認")


class ClosureKind(TextChoices):
    """When a place is shut, or keeps other hours than its rules say."""

    YEARLY = "yearly", _("毎年この期間")
    DATES = "dates", _("この日だけ")
    WEEKDAY = "weekday", _("この曜日")
    MONTHLY = "monthly", _("毎月")
    HOLIDAYS = "holidays", _("祝日")
    AFTER_HOLIDAY = "after_holiday", _("祝日の翌日")


class OccurrenceState(TextChoices):
    """A date is only sure once somebody confirmed it."""

    PLANNED = "planned", _("予定（確認待ち）")
    CONFIRMED = "confirmed", _("開催します")
    FULL = "full", _("満員")
    CANCELLED = "cancelled", _("中止")


class Answer(TextChoices):
    """Answers of the first-visit guide: an honest "please ask" is one of them."""

    YES = "yes", _("はい")
    NO = "no", _("いいえ")
    ASK = "ask", _("おたずねください")


class Room(TextChoices):
    """Whether there is room for one more, as the keeper last said."""

    YES = "yes", _("空きがあります")
    FEW = "few", _("あと少し")
    WAITING = "waiting", _("順番待ち")
    NO = "no", _("今はいっぱい")
    UNKNOWN = "unknown", _("空きは要確認")


class ReportKind(TextChoices):
    """What someone says is wrong with an entry."""

    PHONE = "phone", _("電話番号がちがう")
    HOURS = "hours", _("日時がちがう")
    PLACE = "place", _("場所がちがう")
    ENDED = "ended", _("もうやっていない")
    OTHER = "other", _("そのほか")


class ChangeState(TextChoices):
    """A change of phone or web address waits for a second person."""

    WAITING = "waiting", _("もう一人の確認待ち")
    ACCEPTED = "accepted", _("反映しました")
    DECLINED = "declined", _("見送りました")


class ImportKind(TextChoices):
    PLACES = "places", _("施設・居場所")
    SERVICES = "services", _("相談・支援")
    ORGANIZATIONS = "organizations", _("団体")
    ACTIVITIES = "activities", _("活動・イベント")
    HSDS = "hsds", _("HSDS")


class ConflictState(TextChoices):
    OPEN = "open", _("判断待ち")
    KEPT = "kept", _("こちらの内容を残した")
    TAKEN = "taken", _("リストの内容にした")


WORRIES = (
    "health housing income rent tax debt jobseeking workplace neighbourhood family childcare care hikikomori"
    " violence food other"
).split()
AUDIENCES = (
    "anyone children teens youth students parents single_parents pregnant seniors men women lgbtq disabled"
    " foreigners carers bereaved families working living_alone"
).split()
CATEGORIES = (
    "talk_partner open_place youth_place childrens_cafeteria community_cafe seniors_salon dementia_cafe"
    " family_association peer_support grief hobby exercise music_art crafts_games gardening cooking volunteering"
    " learning library community_center childrens_hall parenting_place childcare_support japanese_class"
    " multilingual_consult international_exchange general_consult welfare_consult elderly_consult mental_health"
    " hikikomori_support school_refusal child_consult youth_consult dv_consult consumer_debt livelihood"
    " food_support housing_support job_support disability_support carer_support medical addiction_support"
    " lgbtq_support watch_over home_help outing_support online_place night_place care_home group_home disaster pets"
).split()
FEATURES = (
    "free no_booking anonymous alone_ok companion_ok silent_ok short_ok wheelchair accessible_toilet child_ok"
    " online phone_ok chat_ok evening weekend holiday interpreter parking wifi no_smoking women_only men_only"
    " animals meal"
).split()
