import Expenses
import HTTP
import Storage
import Templating

/// A request by somebody who is logged in.
struct UserVisit: Sendable {
    let visit: Visit
    let user: User
    let session: Session
    /// The calendar day where the user is.
    let today: Day

    func read<Value>(_ body: (Stores) throws -> Value) throws -> Value { try visit.read(body) }

    var request: Request { visit.request }
    var now: Int64 { visit.now }
    var preferences: Preferences { user.preferences }
    /// The user's month that goes on.
    var month: YearMonth { preferences.months.month(of: today) }
    var zone: Zone { preferences.timeZone }
    /// Figures and days as the user's pages write them.
    var wording: Wording { Wording(preferences: preferences, today: today) }

    /// The path's parameter as an id. Throws `notFound` where it is no number that an id can be.
    func id<Subject>(_ name: String = "id") throws(AppError) -> Identifier<Subject> {
        guard let text = visit.parameters[name], let id = Identifier<Subject>(text) else { throw .notFound }
        return id
    }

    func frame(_ title: Message, section: Frame.Section = .none, notices: [Notice] = []) -> Frame {
        visit.frame(title, section: section, notices: notices)
    }
}
