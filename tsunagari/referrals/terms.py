"""Words for the warm handover: what may be told, for what, where a referral stands, and how it ends."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Asker(TextChoices):
    """Who spoke first. The visitor is often not the person."""

    SELF = "self", _("本人")
    FAMILY = "family", _("家族")
    NEIGHBOUR = "neighbour", _("近所・知り合い")
    WELFARE = "welfare", _("民生委員・地域の人")
    STAFF = "staff", _("支援機関")


class Origin(TextChoices):
    """Where it began."""

    FINDER = "finder", _("さがす画面から")
    COUNTER = "counter", _("窓口")
    VISIT = "visit", _("訪問")
    PHONE = "phone", _("電話")


class AgeBand(TextChoices):
    """An age without a birthday: enough to ask for room, not enough to know who it is."""

    CHILD = "child", _("小学生まで")
    TEEN = "teen", _("中高生")
    YOUNG = "young", _("18〜39歳")
    MIDDLE = "middle", _("40〜64歳")
    SENIOR = "senior", _("65歳以上")
    UNKNOWN = "unknown", _("聞いていない")


class Daypart(TextChoices):
    """When somebody could come."""

    ANY = "any", _("いつでも")
    MORNING = "morning", _("朝・午前")
    AFTERNOON = "afternoon", _("午後")
    EVENING = "evening", _("夕方・夜")
    WEEKEND = "weekend", _("土日")


class Item(TextChoices):
    """One piece of a slip (つなぎシート). Each is told to a recipient only with a switch of its own."""

    NAME = "name", _("お名前（呼ばれたい名前）")
    CONTACT = "contact", _("連絡先")
    WISH = "wish", _("どうしたいか")
    STRENGTHS = "strengths", _("得意なこと・好きなこと")
    MEETING = "meeting", _("会い方・話し方")
    SAFE_TIMES = "safe_times", _("連絡してよい時間・いけない時間")
    CIRCLE = "circle", _("知っていてよい人")


class Purpose(TextChoices):
    """What a recipient may use an item for."""

    ARRANGE = "arrange", _("受け入れと、はじめて会うため")
    FOLLOW_UP = "follow_up", _("そのあとの様子をたずねるため")


class AskedHow(TextChoices):
    """How consent was asked."""

    ALOUD = "aloud", _("読み上げて")
    SCREEN = "screen", _("窓口の画面で")
    PAPER = "paper", _("紙で")
    OWN_PHONE = "own_phone", _("本人のスマホで")


class SlipState(TextChoices):
    """Where the contact as a whole stands. Open and watching have a holder and a date."""

    OPEN = "open", _("つないでいる")
    WATCHING = "watching", _("見守り")
    CLOSED = "closed", _("終わり")


class SlipEnding(TextChoices):
    """Why a contact was closed. Ties that hold are the person's own statement."""

    TIED = "tied", _("つながった")
    WISH = "wish", _("本人の希望で")
    ELSEWHERE = "elsewhere", _("ほかの窓口へ")
    NOT_MET = "not_met", _("合う場所がなかった")
    MOVED = "moved", _("転居")
    DIED = "died", _("亡くなった")
    LOST_TOUCH = "lost_touch", _("連絡がとれない")


class State(TextChoices):
    """Where a referral stands."""

    DRAFTED = "drafted", _("準備中")
    ASKED = "asked", _("空きをたずねた")
    SENT = "sent", _("シートを送った")
    ACCEPTED = "accepted", _("引き受けた")
    MET = "met", _("顔合わせをした")
    CAME = "came", _("来た")
    CAME_AGAIN = "came_again", _("また来た")
    STILL_GOING = "still_going", _("続いている")
    DECLINED = "declined", _("断られた")
    ENDED = "ended", _("終わった")
    WITHDRAWN = "withdrawn", _("取り下げ")


OPEN_STATES = (
    State.DRAFTED, State.ASKED, State.SENT, State.ACCEPTED, State.MET, State.CAME, State.CAME_AGAIN,
)  # fmt: skip
# While it stands here the receiver may open what the switches allow.
WINDOW_STATES = (State.SENT, State.ACCEPTED, State.MET, State.CAME, State.CAME_AGAIN)
TAKEN_UP_STATES = (State.ACCEPTED, State.MET, State.CAME, State.CAME_AGAIN)


class RoomAnswer(TextChoices):
    """What a receiver says about room, before it knows anything about the person. Empty: not answered yet."""

    HAS_ROOM = "has_room", _("空きがあります")
    NUMBER = "number", _("あと何人か")
    WAITING = "waiting", _("待ってもらえれば")
    ASK = "ask", _("相談してから")


class Reason(TextChoices):
    """Why a receiver declines. There is no declining without one."""

    NO_ROOM = "no_room", _("今は空きがない")
    OUTSIDE_AREA = "outside_area", _("地域がちがう")
    NOT_ELIGIBLE = "not_eligible", _("対象がちがう")
    BETTER_ELSEWHERE = "better_elsewhere", _("ほかのほうが合う")
    OTHER = "other", _("そのほか")


class Ending(TextChoices):
    """Why a referral ended."""

    WISH = "wish", _("本人の希望")
    GOAL = "goal", _("願いがかなった")
    MOVED = "moved", _("転居")
    DIED = "died", _("亡くなった")
    LOST_TOUCH = "lost_touch", _("連絡がとれない")


class Way(TextChoices):
    """How somebody is reached, or wants to be asked afterwards."""

    PHONE = "phone", _("電話")
    VISIT = "visit", _("会って")
    LETTER = "letter", _("手紙")
    MESSAGE = "message", _("メール・メッセージ")
    NONE = "none", _("連絡しないでほしい")


class Mood(TextChoices):
    """How the first meeting went, in one tap."""

    GOOD = "good", _("よかった")
    FAIR = "fair", _("まあまあ")
    DIFFICULT = "difficult", _("むずかしかった")
    NOT_HELD = "not_held", _("会えなかった")


class Later(TextChoices):
    """What the person says when asked afterwards. "Not now" is an answer."""

    GOING = "going", _("続いている")
    STOPPED = "stopped", _("行っていない")
    NOT_NOW = "not_now", _("いまは答えたくない")


class Wiped(TextChoices):
    """What a receiver answers when asked to delete what it copied."""

    DELETED = "deleted", _("消しました")
    NOTHING = "nothing", _("写しはありません")
    KEPT_BY_LAW = "kept_by_law", _("法令で残すものがあります")


class Said(TextChoices):
    """What a receiver without an account answers, by its link or on paper."""

    ROOM = "room", _("空きについて")
    ACCEPT = "accept", _("引き受けます")
    DECLINE = "decline", _("今回は見送ります")
    CAME = "came", _("来ました")
    WIPED = "wiped", _("写しについて")


class Unmet(TextChoices):
    """Why a wish could not be met."""

    DECLINED = "declined", _("断られた")
    NOWHERE = "nowhere", _("場所がない")
    STOPPED = "stopped", _("続かなかった")
