import Expenses
import Templating

/// A few months of somebody's expenses, for a first look at what the pages show.
enum SampleExpenses {
    private struct Habit {
        let name: Message
        let category: Message
        /// In hundredths of the currency; varies by up to a quarter from one time to the next.
        let amount: Int
        /// Days from one time to the next.
        let every: Int

        init(_ name: Message, _ category: Message, amount: Int, every: Int) {
            (self.name, self.category, self.amount, self.every) = (name, category, amount, every)
        }
    }

    /// How many days they reach back.
    private static let span = 150

    private static let habits = [
        Habit(Message("Weekly shop"), DefaultCategories.groceries, amount: 6840, every: 7),
        Habit(Message("Bakery"), DefaultCategories.groceries, amount: 560, every: 4),
        Habit(Message("Cinema"), DefaultCategories.leisure, amount: 1450, every: 19),
        Habit(Message("Lunch with Sam"), DefaultCategories.leisure, amount: 2260, every: 11),
        Habit(Message("Electricity"), DefaultCategories.utilities, amount: 5900, every: 30),
        Habit(Message("Phone"), DefaultCategories.utilities, amount: 1999, every: 30),
        Habit(Message("Pharmacy"), DefaultCategories.health, amount: 1280, every: 23),
        Habit(Message("Headphones"), DefaultCategories.electronics, amount: 7900, every: 90),
        Habit(Message("Shoes"), DefaultCategories.clothing, amount: 8495, every: 70),
        Habit(Message("Birthday present"), DefaultCategories.others, amount: 3500, every: 41),
    ]

    static func notice(form: String) -> Notice {
        Notice(
            text: Message("These are sample expenses, for a look around."), kind: .info,
            undo: ButtonForm(
                action: "/expenses/samples/remove", form: form, label: Message("Remove them all")))
    }

    /// The oldest first. A category that the user has renamed is replaced by the first one.
    static func drafts(
        today: Day, currency: Currency, categories: [Category], in translation: Translation
    ) -> [ExpenseDraft] {
        guard let first = categories.first else { return [] }
        let scale: Int64 = currency.decimals == 3 ? 10 : 1
        var drafts: [ExpenseDraft] = []
        for (index, habit) in habits.enumerated() {
            let category = categories.id(named: habit.category.text(in: translation)) ?? first.id
            for days in stride(from: index * 2, to: span, by: habit.every) {
                let change = habit.amount * ((days * 37 + index * 11) % 50 - 25) / 100
                drafts.append(
                    ExpenseDraft(
                        amount: Money(minorUnits: Int64(habit.amount + change) * scale), category: category,
                        day: today.advanced(by: -days), description: habit.name.text(in: translation)))
            }
        }
        let leisure = DefaultCategories.leisure.text(in: translation)
        let refund = ExpenseDraft(
            amount: Money(minorUnits: -1450 * scale), category: categories.id(named: leisure) ?? first.id,
            day: today.advanced(by: -12), description: Message("Cinema, called off").text(in: translation))
        return (drafts + [refund]).sorted { $0.day < $1.day }
    }
}
