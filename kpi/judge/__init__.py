"""From numbers to judgement: interval, target, status, board."""
