"""The name, the week and the words of Wrenfold Linen."""

from __future__ import annotations

CODES = {"instagram": ("SAGE10", "TOWEL10", "SUNDAY10"), "facebook": ("APRON10", "NAPKIN10")}
ACCOUNT = "wrenfold.linen"
WEEK = (1.05, 0.95, 0.95, 1.0, 1.0, 0.95, 1.1)
TEXTS = (
    "Washed linen, still warm from the sun ☀️",
    "How to iron linen? You do not. Watch and be happy 🙌",
    "Oat, sage or rust: which one is your bedroom? Tell us 👇",
    "From flax to pillow in forty seconds\n\n#linen #slowhome",
    'Our customer Ines calls it "the shirt of beds"',
    "Stain on a tablecloth? Save this for Sunday 📌",
    "New: napkins in plum, six in a box",
    "Packing orders with Theo and one very helpful cat",
)
