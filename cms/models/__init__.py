from cms.models.approval import PublishingSettings, SectionHeadTask
from cms.models.catalogue import CatalogueIndexPage, CoursePage
from cms.models.generation import PublicGeneration
from cms.models.home import HomePage
from cms.models.news import NewsIndexPage, NewsPage
from cms.models.path import PathIndexPage, PathPage
from cms.models.search import SearchMiss, SynonymGroup, SynonymWord
from cms.models.series import SeriesIndexPage, SeriesPage
from cms.models.stage import StageIndexPage, StagePage
from cms.models.standard import StandardPage

__all__ = [
    "CatalogueIndexPage",
    "CoursePage",
    "HomePage",
    "NewsIndexPage",
    "NewsPage",
    "PathIndexPage",
    "PathPage",
    "PublicGeneration",
    "PublishingSettings",
    "SearchMiss",
    "SectionHeadTask",
    "SeriesIndexPage",
    "SeriesPage",
    "StageIndexPage",
    "StagePage",
    "StandardPage",
    "SynonymGroup",
    "SynonymWord",
]
