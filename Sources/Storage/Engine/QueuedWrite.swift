import Expenses

/// A write on its way through the writer thread. Its owner is the queue, and from there on the writer alone.
class QueuedWrite: @unchecked Sendable {
    // Subclasses hold what only the writer thread changes; the queue's lock hands them over.

    /// Whose data it changes; nil where there is no owner, or where it is found out on the way.
    let owner: User.ID?

    init(of owner: User.ID?) { self.owner = owner }

    /// Runs the body and keeps its result. May be called again when the transaction of the first run was lost.
    func perform(in stores: Stores) throws { preconditionFailure("every queued write is a PendingWrite") }

    /// Answers the caller: with the failure, or else with the result that `perform` has kept.
    func finish(failure: (any Error)?) { preconditionFailure("every queued write is a PendingWrite") }
}
