import Expenses
import HTTP
import Storage

/// A request to the API by somebody who is known.
struct APIVisit: Sendable {
    let visit: Visit
    let caller: Caller
    /// The members of the request's JSON object.
    let body: FormData

    var request: Request { visit.request }
    var user: User { caller.user }
    var now: Int64 { visit.now }
    /// The user's month that goes on.
    var month: YearMonth { user.preferences.months.month(of: today) }
    /// The calendar day where the user is.
    var today: Day { user.preferences.timeZone.day(at: visit.now) }

    /// Reads what was there when the request came, as long as nothing has been waited for.
    func read<Value>(_ body: (Stores) throws -> Value) throws -> Value { try visit.read(body) }

    /// The path's parameter as an id. Throws `notFound` where it is no number that an id can be.
    func id<Subject>() throws(AppError) -> Identifier<Subject> {
        guard let text = visit.parameters["id"], let id = Identifier<Subject>(text) else { throw .notFound }
        return id
    }
}
