from cms.models.approval import PublishingSettings, SectionHeadTask
from cms.models.catalogue import CatalogueIndexPage, CoursePage
from cms.models.event_list_upload import EventListUpload
from cms.models.export_job import ExportJob
from cms.models.generation import PublicGeneration
from cms.models.home import HomePage
from cms.models.imports import ImportRow, ImportUpload
from cms.models.joint import JointSessionIndexPage, JointSessionPage
from cms.models.news import NewsCourse, NewsIndexPage, NewsPage
from cms.models.path import PathIndexPage, PathPage
from cms.models.saved_choices import SavedExport, SavedMapping
from cms.models.search import SearchMiss, SynonymGroup, SynonymWord
from cms.models.series import SeriesIndexPage, SeriesPage
from cms.models.stage import StageIndexPage, StagePage
from cms.models.standard import StandardPage

# Every type of page that stands for a course.
COURSE_PAGES: tuple[type[CoursePage], ...] = (CoursePage, JointSessionPage)

__all__ = [
    "COURSE_PAGES",
    "CatalogueIndexPage",
    "CoursePage",
    "EventListUpload",
    "ExportJob",
    "HomePage",
    "ImportRow",
    "ImportUpload",
    "JointSessionIndexPage",
    "JointSessionPage",
    "NewsCourse",
    "NewsIndexPage",
    "NewsPage",
    "PathIndexPage",
    "PathPage",
    "PublicGeneration",
    "PublishingSettings",
    "SavedExport",
    "SavedMapping",
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
