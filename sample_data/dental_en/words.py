"""The name, the week and the words of Larkmoor Dental."""

from __future__ import annotations

ACCOUNT = "Larkmoor Dental"
WEEK = (1.2, 1.1, 1.05, 1.0, 0.95, 0.9, 0.8)
OPEN = (1.25, 1.1, 1.05, 1.0, 0.9, 0.0, 0.0)  # the days on which the reception is there
TEXTS = (
    "Afraid of the drill? Dr Amara explains what you feel, and what you do not",
    "Two minutes, twice a day. Which song do you brush to? 🎵",
    "Before and after: a chipped front tooth, one visit 😁",
    "Free check of your child's first teeth, every Wednesday",
    'What does "sensitive" mean? Save this for your next ice cream 🍦',
    "Meet Owen, who answers the phone\nand remembers your dog's name",
    "Whitening: three honest answers",
    "Lost a filling? This is what to do until Monday",
)
