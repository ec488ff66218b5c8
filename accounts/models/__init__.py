from accounts.models.access import AccessLog
from accounts.models.consent import Consent, PurposeNotice
from accounts.models.department import Department, StaffProfile
from accounts.models.naming import NamedPerson
from accounts.models.resident import ResidentProfile
from accounts.models.user import User

__all__ = [
    "AccessLog",
    "Consent",
    "Department",
    "NamedPerson",
    "PurposeNotice",
    "ResidentProfile",
    "StaffProfile",
    "User",
]
