"""The name, the week and the words of Quillmere Payroll."""

from __future__ import annotations

ACCOUNT = "Quillmere Payroll"
WEEK = (1.15, 1.25, 1.2, 1.15, 0.95, 0.6, 0.7)
TEXTS = (
    "Holiday pay for part-timers: the three mistakes we see every week",
    "We moved 42 people to a new payroll in one Friday. Here is the list we used.",
    "What does a payslip cost you? Not the software: the minutes.",
    "Budget day, in plain words, for firms of 10 to 200",
    'A client asked: "can you just make Mondays shorter?"\nWe could not. We did make them calmer.',
    "Sick leave in 2025, on one page 📄",
    "Meet Ciara, who reads revenue circulars so that you need not",
    "Five questions to ask before you hire in another country",
)
VIDEOS = (
    "Payroll in ten minutes: holiday pay",
    "Payroll in ten minutes: your first hire",
    "Webinar: moving payroll in the middle of a year",
    "How a bakery of 60 people pays its wages",
    "Payroll in ten minutes: sick leave",
    "Webinar: what the budget means for wages",
)
AUTHORS = ("Ciara Example", "Tom Example", "Niamh Example")
