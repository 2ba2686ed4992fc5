import Expenses
import Templating

/// A few months of somebody's expenses, for a first look at what the pages show.
enum SampleExpenses {
    private struct Habit {
        let name: String
        let category: String
        /// In hundredths of the currency; varies by up to a quarter from one time to the next.
        let amount: Int
        /// Days from one time to the next.
        let every: Int
    }

    /// How many days they reach back.
    private static let span = 150

    private static let habits = [
        Habit(name: "Weekly shop", category: "Groceries", amount: 6840, every: 7),
        Habit(name: "Bakery", category: "Groceries", amount: 560, every: 4),
        Habit(name: "Cinema", category: "Leisure", amount: 1450, every: 19),
        Habit(name: "Lunch with Sam", category: "Leisure", amount: 2260, every: 11),
        Habit(name: "Electricity", category: "Utilities", amount: 5900, every: 30),
        Habit(name: "Phone", category: "Utilities", amount: 1999, every: 30),
        Habit(name: "Pharmacy", category: "Health", amount: 1280, every: 23),
        Habit(name: "Headphones", category: "Electronics", amount: 7900, every: 90),
        Habit(name: "Shoes", category: "Clothing", amount: 8495, every: 70),
        Habit(name: "Birthday present", category: "Others", amount: 3500, every: 41),
    ]

    static func notice(form: String) -> Notice {
        Notice(
            text: "These are sample expenses, for a look around.", kind: .info,
            undo: ButtonForm(
                action: "/expenses/samples/remove", form: form, label: "Remove them all"))
    }

    /// The oldest first. A category that the user has renamed is replaced by the first one.
    static func drafts(today: Day, currency: Currency, categories: [Category]) -> [ExpenseDraft] {
        guard let first = categories.first else { return [] }
        let scale: Int64 = currency.decimals == 3 ? 10 : 1
        var drafts: [ExpenseDraft] = []
        for (index, habit) in habits.enumerated() {
            let category = categories.id(named: habit.category) ?? first.id
            for days in stride(from: index * 2, to: span, by: habit.every) {
                let change = habit.amount * ((days * 37 + index * 11) % 50 - 25) / 100
                drafts.append(
                    ExpenseDraft(
                        amount: Money(minorUnits: Int64(habit.amount + change) * scale), category: category,
                        day: today.advanced(by: -days), description: habit.name))
            }
        }
        let refund = ExpenseDraft(
            amount: Money(minorUnits: -1450 * scale), category: categories.id(named: "Leisure") ?? first.id,
            day: today.advanced(by: -12), description: "Cinema, called off")
        return (drafts + [refund]).sorted { $0.day < $1.day }
    }
}
