import Expenses
import Storage

/// What one user has been told, and what the database has to hold of it in the end.
struct Account {
    struct Row {
        let amount: Int64
        let category: Expenses.Category.ID
        var isDeleted = false
    }

    struct File {
        let id: UploadedFile.ID
        let rows: ClosedRange<Int64>
    }

    let number: Int
    let owner: User.ID
    let categories: [Expenses.Category.ID]
    var isRemoved = false
    /// By their number, in the order of it.
    var rows: [Int64: Row] = [:]
    var files: [File] = []
    /// The numbers of files that have been taken back.
    var undone: Set<Int64> = []
    /// The months that were asked for, or that the account began with.
    var months: Set<MonthCalendar> = [.civil]
    /// Where the expenses of a category have gone.
    var merged: [Expenses.Category.ID: Expenses.Category.ID] = [:]

    /// The category in which expenses of this one are in the end.
    func last(_ category: Expenses.Category.ID) -> Expenses.Category.ID {
        var last = category
        while let next = merged[last] { last = next }
        return last
    }

    /// What the list, or the bin, holds in the end: amounts and categories by numbers. Of files that were taken back, and of
    /// those that are `damaged`, nothing is there, whatever was done to their expenses.
    func expected(inBin: Bool, without damaged: Set<Int64>) -> [Int64: [Int64]] {
        let gone = files.filter { undone.contains($0.id.rawValue) || damaged.contains($0.id.rawValue) }.map(
            \.rows)
        var expected: [Int64: [Int64]] = [:]
        for (id, row) in rows where row.isDeleted == inBin && !gone.contains(where: { $0.contains(id) }) {
            expected[id] = [row.amount, last(row.category).rawValue]
        }
        return expected
    }
}
