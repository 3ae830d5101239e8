"""From the spreadsheets of a small business to judged KPIs; knows nothing of the screen."""
