"""Why a step cannot be taken as things stand, said gently."""

from django.utils.translation import gettext as _


def sentence(why: str) -> str:
    """The sentence for a word of `holding.NotYet`; what has none yet asks to look again."""
    return {
        "own_organization": _("自分の団体へは、つなぎではなく、そのまま中で引きつげます。"),
        "no_place": _("その場所は、いまは選べません。ほかの場所から選んでください。"),
        "too_many_at_once": _("いま二か所にたずねています。返事を待ってからにすると、ご本人も安心です。"),
        "no_consent": _("まだ「どうしたいか」を伝えてよいと聞いていません。先に、ご本人に聞いてください。"),
        "full_this_month": _("この団体の今月の受け入れは、もういっぱいです。来月まで待つか、ほかをさがせます。"),
        "until_past": _("過ぎた日は選べません。今日からあとの日を選んでください。"),
        "referral_open": _("まだ続いているつなぎがあります。先に、それを終えるか取り下げてください。"),
        "not_posted": _("その人は、いまこの団体の担当ではありません。別の人を選んでください。"),
        "named_already": _("ほかの人が、先にお名前を書きました。「書き足す・直す」から見て、なおしてください。"),
        "closed": _("この相談は、もう終わっています。"),
        "meeting_past": _("これからの日時を選んでください。"),
        "not_come_yet": _("先に「来た」を記録してください。"),
        "not_now": _("いまは、その返事を書き入れられません。つなぎのページで、どこまで進んだかを見てください。"),
        "nothing_to_wipe": _("写しを消すお願いは出していません。"),
        "try_again": _("日や時間を変えて3回ためしてから「連絡がとれない」にできます。"),
    }.get(why, _("いまは、この手つづきに進めません。ページを開きなおしてください。"))
