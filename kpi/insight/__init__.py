"""From judgement to reasons: which KPIs serve which goals and what is missing."""
