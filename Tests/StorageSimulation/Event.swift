/// What can happen. Numbers choose among what there is when it happens: so that events can be left out.
package enum Event: Hashable, Sendable {
    /// Somebody adds an expense, through one of the copies of the program.
    case insert(copy: Int, owner: Int, category: Int, amount: Int)
    case delete(copy: Int, owner: Int, expense: Int)
    case restore(copy: Int, owner: Int, expense: Int)
    /// Somebody changes an expense's category and description.
    case edit(copy: Int, owner: Int, expense: Int, category: Int)
    /// A file with so many rows is staged and added.
    case importFile(copy: Int, owner: Int, rows: Int, category: Int)
    case undo(copy: Int, owner: Int, file: Int)
    case merge(copy: Int, owner: Int, from: Int, into: Int)
    /// Somebody chooses another day on which months begin.
    case changeMonths(copy: Int, owner: Int, start: Int)
    /// One of the actions on every so many of the expenses: they are listed, then changed.
    case bulk(copy: Int, owner: Int, action: Int, every: Int, category: Int)
    /// The newest of these is taken back.
    case undoBulk(copy: Int, owner: Int)
    /// An expense is added that repeats each day since so many days.
    case repeating(copy: Int, owner: Int, days: Int, category: Int)
    /// What is due by so many days later is recorded.
    case record(copy: Int, owner: Int, days: Int)
    case removeUser(copy: Int, owner: Int)
    /// A copy makes so many of the writes that wait there, in one transaction.
    case write(copy: Int, count: Int)
    /// The minute has passed: what has failed is tried again.
    case minute(copy: Int)
    /// A day and more has passed: files that were not added go.
    case sweep(copy: Int)
    /// From now on the disk is full, or has room again.
    case disk(Disk)
    /// A row that is staged is damaged, so that its import cannot be added to its end.
    case damage(owner: Int, file: Int)
    /// A copy is killed, and starts again.
    case kill(copy: Int)
    /// The power goes off after so many operations of the disk.
    case powerCut(operations: Int)

    package enum Disk: Hashable, Sendable { case full, well }
}
