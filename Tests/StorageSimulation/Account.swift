import Expenses
import Storage

/// What one user has been told, and what the database has to hold of it in the end.
struct Account {
    struct File {
        let id: UploadedFile.ID
        let rows: ClosedRange<Int64>
    }

    /// Something that was done with many expenses at once.
    struct Change {
        let id: BulkChange.ID
        let action: BulkChange.Action
        /// Of its operation.
        let number: Int
        let rows: [Int64]
    }

    /// An expense that repeats each day.
    struct Rule {
        let value: RepeatingExpense
        /// The day up to which somebody was told that all is recorded, or is being recorded.
        var promised: Day?
        /// The days that have been recorded, with the numbers of the expenses.
        var recorded: [Day: Int64] = [:]
    }

    let number: Int
    let owner: User.ID
    let categories: [Expenses.Category.ID]
    var isRemoved = false
    /// Whether somebody has asked for the removal.
    var isLeaving = false
    /// By their number, in the order of it.
    private(set) var rows: [Int64: Row] = [:]
    var files: [File] = []
    /// The numbers of files that have been taken back.
    var undone: Set<Int64> = []
    /// The months that were asked for, or that the account began with.
    var months: Set<MonthCalendar> = [.civil]
    /// Where the expenses of a category have gone.
    var merged: [Expenses.Category.ID: Expenses.Category.ID] = [:]
    /// Categories that somebody has asked to merge into others.
    private var leaving: Set<Expenses.Category.ID> = []
    /// Operations that may change rows, by their numbers.
    private(set) var operations: [Int: Operation] = [:]
    private var newestOperation = 0
    /// Oldest first.
    var changes: [Change] = []
    /// By their number.
    var rules: [Int64: Rule] = [:]
    /// The last day up to which anybody has asked for what is due.
    var lastDay: Day?
    /// The newest expense that has been looked at whether a rule has recorded it.
    var newestLookedAt: Int64 = 0

    init(number: Int, owner: User.ID, categories: [Expenses.Category.ID]) {
        self.number = number
        self.owner = owner
        self.categories = categories
    }

    /// The category in which expenses of this one are in the end.
    func last(_ category: Expenses.Category.ID) -> Expenses.Category.ID {
        var last = category
        while let next = merged[last] { last = next }
        return last
    }

    /// What is there in the end of files that were taken back, and of those that are `damaged`: nothing, whatever was done to
    /// their expenses.
    func isGone(_ id: Int64, damaged: Set<Int64>) -> Bool {
        files.contains {
            $0.rows.contains(id) && (undone.contains($0.id.rawValue) || damaged.contains($0.id.rawValue))
        }
    }

    mutating func add(_ id: Int64, _ row: Row) {
        if rows[id] == nil { rows[id] = row }
    }

    /// Returns its number.
    mutating func begin(_ kind: Operation.Kind, _ ids: [Int64], undoing change: Int? = nil) -> Int {
        newestOperation += 1
        let number = newestOperation
        operations[number] = Operation(kind: kind, rows: ids)
        if let change { operations[change]?.undo = number }
        for id in ids {
            rows[id]?.begin(number)
            rows[id]?.follow(operations, merged: leaving)
        }
        return number
    }

    /// It is on the disk, and goes on in steps.
    mutating func goOn(_ number: Int) { operations[number]?.isBegun = true }

    /// `isMade`: nil where nobody knows of which of its rows. Returns what cannot be.
    mutating func end(_ number: Int, isMade: Bool?) -> String? {
        guard let operation = operations.removeValue(forKey: number) else { return nil }
        if isMade == false {
            for change in operations.keys where operations[change]?.undo == number {
                operations[change]?.undo = nil
            }
        }
        for id in operation.rows { rows[id]?.end(number, isMade: isMade) }
        return operation.rows.first { rows[$0]?.states.isEmpty == true }.map {
            "user \(owner): expense \($0) cannot be as it is after \(operation.kind)"
        }
    }

    /// That is how an expense is at this moment.
    mutating func see(_ id: Int64, isDeleted: Bool) {
        rows[id]?.see(isDeleted: isDeleted)
        rows[id]?.follow(operations, merged: leaving)
    }

    /// Somebody asks for a merge: operations may find the category, or not.
    mutating func merge(_ category: Expenses.Category.ID) {
        leaving.insert(category)
        for id in Set(operations.values.flatMap(\.rows)) {
            rows[id]?.follow(operations, merged: leaving)
        }
    }
}
