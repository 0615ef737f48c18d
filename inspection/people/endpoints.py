"""What every endpoint of the application asks for. Declared once; a test compares it with the application.

What a page shows of a record is decided by :data:`inspection.people.permissions.MATRIX` besides.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from inspection.people.permissions import Permission

PUBLIC = "public"
"""What an endpoint asks for that anybody may open: health, signing in, the phone application's files."""

OWN_CHECK = "own_check"
"""An endpoint that looks at its caller itself: a push must also take in what a revoked device still sends."""

ENDPOINTS: Mapping[str, Permission | str] = MappingProxyType(
    {
        "api-docs.openapi_json": PUBLIC,
        "app_files.file": PUBLIC,
        "app_files.without_slash": PUBLIC,
        "health.healthz": PUBLIC,
        "health.metrics": PUBLIC,
        "health.readyz": PUBLIC,
        "enrolment.login": PUBLIC,
        "enrolment.refresh": PUBLIC,
        "enrolment.logout": Permission.SYNC,
        "enrolment.devices": Permission.SYNC,
        "enrolment.revoke": Permission.SYNC,
        "sync.push": OWN_CHECK,
        "sync.pull": Permission.SYNC,
        "uploads.abilities": PUBLIC,
        "uploads.create": Permission.SYNC,
        "uploads.offset": Permission.SYNC,
        "uploads.append": Permission.SYNC,
        "uploads.discard": Permission.SYNC,
        "uploads.instead": Permission.SYNC,
        "evidence.content": Permission.SYNC,
        "complaints.sealing_key": PUBLIC,
        "complaints.register": Permission.READ_REGISTER,
        "complaints.show": Permission.READ_REGISTER,
        "complaints.receive": Permission.RECORD_COMPLAINTS,
        "complaints.move": Permission.HANDLE_COMPLAINTS,
        "reports.order_report": Permission.READ_REPORTS,
        "reports.show_report": Permission.READ_REPORTS,
        "reports.report_file": Permission.READ_REPORTS,
        "journal.checkpoints": Permission.READ_JOURNAL,
        "journal.record_history": Permission.READ_HISTORY,
        "office.static": PUBLIC,
        "office.sign_in": PUBLIC,
        "office.signing": PUBLIC,
        "office.language": PUBLIC,
        "office.sign_out": Permission.OFFICE,
        "office.home": Permission.OFFICE,
        "office.campaigns": Permission.READ_CAMPAIGNS,
        "office.campaign": Permission.READ_CAMPAIGNS,
        "office.new_campaign": Permission.PLAN_CAMPAIGNS,
        "office.create_campaign": Permission.PLAN_CAMPAIGNS,
        "office.join_team": Permission.READ_CAMPAIGNS,
        "office.leave_team": Permission.READ_CAMPAIGNS,
        "office.visit": Permission.READ_CAMPAIGNS,
        "office.evidence": Permission.READ_CAMPAIGNS,
        "office.settle": Permission.SETTLE_CONFLICTS,
        "office.edit_record": Permission.OFFICE,
        "office.change_record": Permission.OFFICE,
        "office.void_record": Permission.OFFICE,
        "office.history": Permission.READ_HISTORY,
        "office.establishments": Permission.READ_ESTABLISHMENTS,
        "office.establishment": Permission.READ_ESTABLISHMENTS,
        "office.reports": Permission.READ_REPORTS,
        "office.new_report": Permission.READ_REPORTS,
        "office.order_report": Permission.READ_REPORTS,
        "office.report": Permission.READ_REPORTS,
        "office.report_progress": Permission.READ_REPORTS,
        "office.retry_report": Permission.READ_REPORTS,
        "office.report_file": Permission.READ_REPORTS,
        "office.complaints": Permission.READ_REGISTER,
        "office.complaint": Permission.READ_REGISTER,
        "office.new_complaint": Permission.RECORD_COMPLAINTS,
        "office.create_complaint": Permission.RECORD_COMPLAINTS,
        "office.move_complaint": Permission.HANDLE_COMPLAINTS,
        "office.identity": Permission.OPEN_IDENTITIES,
        "office.open_identity": Permission.OPEN_IDENTITIES,
        "office.journal": Permission.READ_JOURNAL,
        "office.verify_journal": Permission.READ_JOURNAL,
        "office.people": Permission.MANAGE_PEOPLE,
        "office.person": Permission.MANAGE_PEOPLE,
        "office.new_person": Permission.MANAGE_PEOPLE,
        "office.create_person": Permission.MANAGE_PEOPLE,
        "office.reset_password": Permission.MANAGE_PEOPLE,
        "office.change_activity": Permission.MANAGE_PEOPLE,
        "office.permissions": Permission.MANAGE_PEOPLE,
        "office.devices": Permission.MANAGE_DEVICES,
        "office.revoke_device": Permission.MANAGE_DEVICES,
        "office.mail": Permission.MANAGE_MAIL,
        "office.retry_mail": Permission.MANAGE_MAIL,
        "office.cancel_mail": Permission.MANAGE_MAIL,
        "office.parked": Permission.MANAGE_PARKED,
        "office.parked_operation": Permission.MANAGE_PARKED,
        "office.admit": Permission.MANAGE_PARKED,
        "office.dismiss": Permission.MANAGE_PARKED,
    }
)
