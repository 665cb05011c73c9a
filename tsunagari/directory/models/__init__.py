"""The tables of the directory, under HSDS 3.1 names where HSDS has one."""

from tsunagari.directory.models.finding import FinderEntry, FinderGeneration, HsdsDocument, ReadingOverride
from tsunagari.directory.models.guiding import GuideAnswer, GuideQuestion, GuideRule, Line
from tsunagari.directory.models.imports import ImportBatch, ImportConflict, ImportMapping, SourceRecord
from tsunagari.directory.models.keeping import Keeper, KeeperLink, PendingChange, Report
from tsunagari.directory.models.location import (
    Accessibility,
    Address,
    Contact,
    Funding,
    Language,
    Location,
    Phone,
    Url,
)
from tsunagari.directory.models.organization import Organization, OrganizationIdentifier, Program
from tsunagari.directory.models.schedule import Closure, Occurrence, Schedule
from tsunagari.directory.models.service import (
    CostOption,
    FirstVisit,
    RequiredDocument,
    Service,
    ServiceArea,
    ServiceAtLocation,
    ServiceCapacity,
    ServiceText,
    Unit,
)
from tsunagari.directory.models.taxonomy import Attribute, Metadata, Taxonomy, TaxonomyTerm

__all__ = [
    "Accessibility", "Address", "Attribute", "Closure", "Contact", "CostOption", "FinderEntry", "FinderGeneration",
    "FirstVisit", "Funding", "GuideAnswer", "GuideQuestion", "GuideRule", "HsdsDocument", "ImportBatch",
    "ImportConflict", "ImportMapping", "Keeper", "KeeperLink", "Language", "Line", "Location", "Metadata", "Occurrence",
    "Organization", "OrganizationIdentifier", "PendingChange", "Phone", "Program", "ReadingOverride", "Report",
    "RequiredDocument", "Schedule", "Service", "ServiceArea", "ServiceAtLocation", "ServiceCapacity", "ServiceText",
    "SourceRecord", "Taxonomy", "TaxonomyTerm", "Unit", "Url",
]  # fmt: skip
