"""Who may act: roles, ranks and the member of staff who acts.

Approvals ask for rank, actions for roles. A supervisor is a duty leader or a legal officer.
"""

from __future__ import annotations

from enum import IntEnum, StrEnum

import msgspec


class Role(StrEnum):
    """A duty that a member of staff may hold; one person may hold several."""

    INTAKE = "intake"  # 登记
    SEARCH_OFFICER = "search-officer"  # 安全检查
    CUSTODIAN = "custodian"  # 财物管理员
    GUARD = "guard"  # 看管
    INTERVIEWER = "interviewer"  # 讯(询)问
    CASE_OFFICER = "case-officer"  # 办案民警
    ESCORT = "escort"  # 押送
    PHYSICIAN = "physician"  # 驻点医生
    DUTY_LEADER = "duty-leader"  # 值班领导
    LEGAL_OFFICER = "legal-officer"  # 法制员
    INSPECTOR = "inspector"  # 督察
    TECHNICIAN = "technician"  # 技术员
    ADMINISTRATOR = "administrator"  # 管理员
    SECURITY_OFFICER = "security-officer"  # 安全员
    AUDITOR = "auditor"  # 审计员


SUPERVISORS = frozenset({Role.DUTY_LEADER, Role.LEGAL_OFFICER})


class Rank(IntEnum):
    """Authority to approve, lowest first."""

    AUXILIARY = 0  # 辅警
    OFFICER = 1  # 民警
    UNIT_HEAD = 2  # 办案部门负责人、派出所负责人
    BUREAU_DUTY_HEAD = 3  # 县级公安机关值班负责人
    BUREAU_HEAD = 4  # 县级以上公安机关负责人


class Sex(StrEnum):
    """GB/T 2261.1 in words; `unknown` is a state, never a default."""

    MALE = "male"
    FEMALE = "female"
    UNKNOWN = "unknown"


class Actor(msgspec.Struct, frozen=True, kw_only=True):
    """The member of staff who acts, as they stood when they signed in."""

    id: str
    name: str
    roles: frozenset[Role]
    rank: Rank
    unit: str
    sex: Sex

    @property
    def is_supervisor(self) -> bool:
        return bool(self.roles & SUPERVISORS)
