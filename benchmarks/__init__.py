"""How fast the line is, and how much memory it takes, beside the plain recipe a user would write."""
