import Expenses
import Storage
import Templating

/// Offers to repeat an expense that has just been saved, where it is the third one of its name and about its amount at equal
/// distances: once, as the fourth one is no third one.
struct RepeatingOffer {
    let expense: Expense
    let repetition: Repetition

    /// Amounts that differ by no more than a tenth are about the same.
    private static let slack: Int64 = 10

    /// Nil where there is nothing to offer.
    init?(
        after expense: Expense, rules: @autoclosure () throws -> [RepeatingExpense], owner: User.ID,
        in stores: Stores
    ) throws {
        guard !expense.description.isEmpty else { return nil }
        let same = try stores.expenses.named(like: expense.id, owner: owner, limit: 4)
        guard same.count >= 3, same[0].day == expense.day,
            let repetition = Repetition(through: same.prefix(3).map(\.day).reversed()),
            same.prefix(3).allSatisfy({
                ($0.amount - expense.amount).magnitude.minorUnits * RepeatingOffer.slack
                    <= expense.amount.magnitude.minorUnits
            }),
            same.count == 3 || Repetition(through: same.map(\.day).reversed()) == nil,
            try !rules().contains(where: { searchKey($0.description) == searchKey(expense.description) })
        else { return nil }
        self.expense = expense
        self.repetition = repetition
    }

    func add(to notice: inout Notice) {
        notice.more = Message("It has come three times at equal distances.")
        notice.links.append(
            Link(
                label: Message("Repeat it"),
                address:
                    "/repeating?from=\(expense.id)&every=\(repetition.every)&unit=\(repetition.unit.rawValue)"
            ))
    }
}
