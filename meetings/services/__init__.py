"""The verbs of meetings, by stage: plan, invite, answer, hold, write, conclude."""
