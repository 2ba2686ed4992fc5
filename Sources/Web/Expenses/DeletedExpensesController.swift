import Expenses
import HTTP
import Storage
import Templating

/// Expenses that were deleted a while ago at most, and can be restored.
struct DeletedExpensesController: Sendable {
    let services: Services

    /// GET /expenses/deleted
    func index(_ visit: UserVisit) throws -> Response {
        let owner = visit.user.id
        let cursor = visit.request.query["after"].flatMap { DeletedExpense.Cursor($0) }
        let restored = visit.request.query["restored"].flatMap { Expense.ID($0) }
        let (expense, bin, categories) = try visit.read { stores in
            (
                try restored.flatMap { try stores.expenses.find($0, owner: owner) },
                try stores.bin.page(
                    of: owner, since: visit.now - DeletedExpense.restorable, after: cursor,
                    limit: Self.pageLength),
                try stores.categories.all(of: owner)
            )
        }
        let wording = visit.wording
        let rows = bin.expenses.map { deleted in
            let category = categories.first { $0.id == deleted.expense.category }
            return DeletedRow(deleted, category, now: visit.now, wording: wording)
        }
        let notices =
            expense.map { [Notice(text: Message("Restored {expense}.", ["expense": wording.expense($0)]))] }
            ?? []
        let page = DeletedExpensesPage(
            frame: visit.frame(Message("Deleted expenses"), section: .expenses, notices: notices),
            form: services.stamp(visit), rows: rows,
            older: bin.next.map { "/expenses/deleted?after=\($0)" } ?? "", isFirst: cursor == nil)
        return services.pages.response(.ok, services.pages.deletedExpenses, page)
    }

    /// How many are on a page.
    private static let pageLength = 50

    /// POST /expenses/{id}/restore
    func restore(_ visit: UserVisit) async throws -> Response {
        let id: Expense.ID = try visit.id()
        let fields = try visit.request.form()
        let owner = visit.user.id
        _ = try await services.storage.write(of: owner) { try $0.expenses.restore(id, owner: owner) }
        guard fields["return"] != "/expenses/deleted" else {
            return .seeOther("/expenses/deleted?restored=\(id)")
        }
        return .seeOther(
            FilterQuery(returnPath: fields["return"]).address(
                telling: ExpenseChange(.restored, id)))
    }
}
