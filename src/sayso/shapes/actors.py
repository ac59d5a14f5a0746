"""Who is who over many reports: the rows of actors and stories."""

from __future__ import annotations

from sayso.model import Incident, KnownActor, Membership, Story, StoryListing, TakenSide
from sayso.shapes.small import score
from sayso.shapes.writing import Json


def known_actor_row(actor: KnownActor) -> Json:
    """An actor across reports: its names, each with the reason why it is this actor, and the sides it stands on."""
    return {
        "id": actor.id,
        "name": actor.name,
        "type": actor.type.value,
        "names": list(actor.names),
        "members": [_member(member) for member in actor.members],
        "bodies": list(actor.bodies),
        "state": actor.state,
        "sides": [_side(side) for side in actor.sides],
    }


def story_row(story: Story) -> Json:
    """Reports that tell of the same events; ``from`` and ``to`` are the first and last time of publication."""
    return {
        "id": story.id,
        "title": story.title,
        "reports": list(story.reports),
        "from": story.first,
        "to": story.last,
    }


def incident_row(incident: Incident) -> Json:
    """Reports of one story that tell of one place on one day; ``from`` and ``to`` are days of publication."""
    return {
        "id": incident.id,
        "story": incident.story,
        "reports": list(incident.reports),
        "places": list(incident.places),
        "from": incident.first,
        "to": incident.last,
    }


def story_listing(listing: StoryListing) -> Json:
    """A line of `sayso stories --json`: a story with how much there is of it."""
    return {
        **story_row(listing.story),
        "outlets": list(listing.outlets),
        "origins": listing.origins,
        "disputed_claims": listing.disputed_claims,
        "open_questions": listing.open_questions,
    }


def _member(member: Membership) -> Json:
    return {
        "report": member.report,
        "actor": member.actor,
        "name": member.name,
        "role": member.role,
        "score": score(member.score),
        "reasons": list(member.reasons),
    }


def _side(side: TakenSide) -> Json:
    return {"story": side.story, "side": side.side, "reasons": list(side.reasons)}
