import Expenses
import HTTP
import Storage
import Templating

/// What is due of a user's expenses that repeat, by the time that a page of theirs is shown.
enum DueExpenses: Sendable, Equatable {
    case recorded
    /// Steps record it; until they have, totals are not whole.
    case underWay
    /// There is no room for it: it is tried again each time.
    case noRoom(AppError)

    /// Whether anything has to be recorded before something of the user's is shown.
    static func isAnything(of user: User, today: @autoclosure () -> Day) -> Bool {
        user.repeatingDue.map { $0 <= today() } ?? false
    }

    /// Records it. Throws what says that the database does not answer, or is busy.
    static func record(
        of user: User, today: Day, at now: Int64, in storage: Storage
    ) async throws -> DueExpenses {
        let owner = user.id
        if try storage.read({ try $0.repeating.isUnderWay(of: owner) }) { return .underWay }
        do {
            let recording = try await storage.writeAndGoOn(of: owner) {
                try $0.repeating.recordDue(through: today, of: owner, at: now)
            }
            switch recording {
            case .nothing: return .recorded
            case .more: return .underWay
            case .quotaReached(let most): return .noRoom(.quotaReached(most: most))
            }
        } catch AppError.storageFull {
            return .noRoom(.storageFull)
        }
    }

    /// What every page says of it; nil where nothing is missing, or the notice of long writes says so.
    var notice: Notice? {
        switch self {
        case .recorded, .underWay: nil
        case .noRoom(.quotaReached(let most)):
            Notice(
                text: Message(
                    "Repeating expenses are waiting: your account is full ({most} expense, including deleted ones).",
                    plural:
                        "Repeating expenses are waiting: your account is full ({most} expenses, including deleted ones).",
                    count: most, ["most": most]), kind: .error)
        case .noRoom:
            Notice(
                text: Message(
                    "Repeating expenses are waiting: the server’s disk is full. They are recorded as soon as there is room."
                ), kind: .error)
        }
    }
}
