"""The name, the week and the words of Copper Heron Coffee."""

from __future__ import annotations

ACCOUNT = "copperheron"
WEEK = (0.95, 0.9, 0.95, 1.0, 1.1, 1.15, 0.95)
TEXTS = (
    "New on bar: maple oat cortado ☕️ Come say hi!",
    "Flat white or cappuccino? Tell us below 👇",
    "Rainy Saturday, warm rolls, good company 🧡",
    "Fresh from the roaster, three bags, three stories:\n\nGuji, Huila, Nyeri.\n\nWhich first? #coffee",
    "Meet Rosa, who rinses every filter twice, and knows why",
    'What does "single origin" mean, really? Save this for later 📌',
    "Brunch until noon: shakshuka, waffles, granola 🥞",
    "Giveaway! Three bags, one winner, rules in the link 🎁",
    "Catering for your office, up to 60 cups, one call",
)
CODES = {"instagram": ("GUJI10", "CORTADO10", "DECAF10"), "facebook": ("MUG10", "BREW10")}
