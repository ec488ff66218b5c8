"""What officers know about words: 言いかえ, and queries that found nothing."""

from django.db import models
from django.utils.translation import gettext_lazy as _

LONGEST_WORD = 20


class SynonymGroup(models.Model):
    """Words for one and the same thing; a search for one finds them all. What may
    stand in a group is decided in `cms.search.synonym_groups`."""

    class Meta:
        verbose_name = _("言いかえの組")
        verbose_name_plural = _("言いかえ")
        ordering = ["pk"]

    def __str__(self) -> str:
        return "、".join(word.written for word in self.words.all())


class SynonymWord(models.Model):
    """`folded` is what a query is compared with: the same for all widths and scripts."""

    group = models.ForeignKey(SynonymGroup, on_delete=models.CASCADE, related_name="words")
    position = models.PositiveSmallIntegerField()
    written = models.CharField(_("言葉"), max_length=LONGEST_WORD)
    folded = models.CharField(max_length=LONGEST_WORD * 2, unique=True)

    class Meta:
        verbose_name = _("言葉")
        verbose_name_plural = _("言葉")
        ordering = ["group", "position"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(written="") & ~models.Q(folded=""),
                name="cms_synonymword_not_empty",
            )
        ]

    def __str__(self) -> str:
        return self.written


class SearchMiss(models.Model):
    """A text that found nothing. `digest` stands for it until it has been asked on a
    second day; only then, and only if it can be nobody's name or number, is the text
    itself kept (see `cms.search.misses`)."""

    digest = models.CharField(max_length=64, unique=True)
    text = models.CharField(_("さがした言葉"), max_length=40, blank=True)
    times_asked = models.PositiveIntegerField(_("回数"), default=1)
    first_asked_on = models.DateField(_("はじめて"))
    last_asked_on = models.DateField(_("最近"), db_index=True)

    class Meta:
        verbose_name = _("見つからなかった言葉")
        verbose_name_plural = _("見つからなかった言葉")
        ordering = ["-last_asked_on", "-times_asked", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(text="")
                | models.Q(last_asked_on__gt=models.F("first_asked_on")),
                name="cms_searchmiss_text_after_second_day",
            )
        ]

    def __str__(self) -> str:
        return self.text
