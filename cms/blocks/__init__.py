"""The pieces an editor builds a page from, one module per kind."""

from cms.blocks.body import BodyBlock
from cms.blocks.files import ResourcesBlock
from cms.blocks.text import TEXT_FEATURES

__all__ = ["TEXT_FEATURES", "BodyBlock", "ResourcesBlock"]
