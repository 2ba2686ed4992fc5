import Expenses

/// What may have become of one expense. Who changes it while somebody else does comes first or second: both are followed,
/// until what is told leaves one of them.
struct Row {
    struct State: Hashable {
        var category: Expenses.Category.ID
        var description: String
        var isDeleted = false
        /// What the last bulk change of it can bring back.
        var kept: Kept?
        /// The operations that are open and have been made of it.
        var made: Set<Int> = []
    }

    /// As a bulk change keeps it.
    struct Kept: Hashable {
        let change: BulkChange.ID
        let category: Expenses.Category.ID
        /// Nil where the change has left it as it is.
        let description: String?
    }

    let amount: Int64
    private(set) var states: Set<State>
    /// The numbers of the operations that may change it.
    private(set) var open: [Int] = []

    init(amount: Int64, category: Expenses.Category.ID, description: String) {
        self.amount = amount
        states = [State(category: category, description: description)]
    }

    func mayBe(isDeleted: Bool) -> Bool { states.contains { $0.isDeleted == isDeleted } }

    /// Follows what the open operations may do, from every state in which they are not made.
    mutating func follow(_ operations: [Int: Operation], merged: Set<Expenses.Category.ID>) {
        var new = states
        while !new.isEmpty {
            var next: Set<State> = []
            for state in new {
                for number in open where !state.made.contains(number) {
                    guard let operation = operations[number] else { continue }
                    // What is taken back is not made any more.
                    if let undo = operation.undo, state.made.contains(undo) { continue }
                    for var result in operation.results(of: state, amount: amount, merged: merged) {
                        result.made.insert(number)
                        if states.insert(result).inserted { next.insert(result) }
                    }
                }
            }
            new = next
        }
    }

    mutating func begin(_ number: Int) { open.append(number) }

    /// `isMade`: nil where nobody knows.
    mutating func end(_ number: Int, isMade: Bool?) {
        open.removeAll { $0 == number }
        let left = states.filter { isMade == nil || $0.made.contains(number) == isMade }
        states = Set(
            left.map { state in
                var state = state
                state.made.remove(number)
                return state
            })
    }

    /// That is how it is at this moment; `follow` comes next.
    mutating func see(isDeleted: Bool) { states = states.filter { $0.isDeleted == isDeleted } }
}
