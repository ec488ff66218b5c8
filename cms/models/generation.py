"""A number that grows with every change of what the public may see."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PublicGeneration(models.Model):
    """The generation is the sum over the shards; triggers raise it, each transaction
    one shard. A shard without a number says that nobody watches at the moment."""

    shard = models.PositiveSmallIntegerField(primary_key=True)
    number = models.BigIntegerField(null=True)

    class Meta:
        verbose_name = _("公開内容の世代")
        verbose_name_plural = _("公開内容の世代")

    def __str__(self) -> str:
        return f"{self.shard}: {self.number}"
