import Expenses
import Storage
import Templating

/// Why no file is made of a user's expenses: a change of many of them is under way, and the file would be kept as if it held
/// all.
struct NotWhole: Error {
    /// What is under way, how far it is, and when to come again.
    let explanation: Message
    /// Seconds.
    let retryAfter: Int

    /// Throws one while such a change is under way; `AppError.recording` where it is the recording of expenses that repeat.
    static func check(_ user: User, in stores: Stores) throws {
        let states = try stores.longWrites.all(of: user.id)
        guard let state = states.first(where: \.write.changesExpenses) else { return }
        if case .recordRepeating = state.write { throw AppError.recording(retryAfter: 2) }
        throw try NotWhole(state, of: user, in: stores)
    }

    private init(_ state: LongWriteState, of user: User, in stores: Stores) throws {
        // What has stopped is tried again each minute.
        retryAfter = state.failure == nil ? 5 : 60
        let wait = ErrorPages.words(seconds: retryAfter)
        guard case .addImport(let id) = state.write,
            let rest = try stores.imports.rest(of: id, owner: user.id),
            let total = try stores.imports.find(id, owner: user.id)?.added
        else {
            explanation = Message(
                "Many of your expenses are being changed. A file made now would not be whole. Please try again in {wait}.",
                ["wait": wait])
            return
        }
        let format = MoneyFormat(user.preferences)
        explanation = Message(
            "An import is being added: {count} of {expenses} are in your list. A file made now would not be whole. Please try again in {wait}.",
            [
                "count": ShownCount(count: total - rest, format: format),
                "expenses": ShownCount(count: total, format: format, isOfExpenses: true), "wait": wait,
            ])
    }
}
