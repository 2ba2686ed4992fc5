print("Expense Tracker")
