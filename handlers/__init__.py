"""The order in which handlers are asked; the first that matches answers."""

from handlers import (
    absences,
    broadcasts,
    corrections,
    drafts,
    entries,
    evidence,
    guidance,
    health,
    history,
    invitations,
    menu,
    plans,
    registration,
    reminders,
    rosters,
    staff,
    start,
    teams,
    themes,
)

# Commands and buttons first; then messages that go on with a dialogue; free text, which is never
# refused, comes near the end; last whatever nobody knew.
IN_ORDER = [
    *start.handlers,
    *registration.handlers,
    *drafts.handlers,
    *corrections.handlers,
    *menu.handlers,
    *guidance.handlers,
    *teams.handlers,
    *themes.handlers,
    *absences.handlers,
    *reminders.handlers,
    *invitations.handlers,
    *staff.handlers,
    *broadcasts.handlers,
    *rosters.handlers,
    *health.handlers,
    *plans.handlers,
    *history.handlers,
    *evidence.handlers,
    *entries.handlers,
    *menu.last_handlers,
]
