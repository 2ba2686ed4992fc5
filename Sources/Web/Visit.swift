import Crypto
import Expenses
import HTTP
import Storage

/// Who sent a request. Indirect, so that a `Visit` stays small: it is held in every frame it passes through.
indirect enum Visitor: Sendable {
    case nobody
    case user(User, Session)
    /// The access token has expired, and nothing else is wrong with it: its session is alive.
    case expired(User, Session)
    /// The access token names a session that was ended, or whose refresh token has died too.
    case ended(Claims)
}

/// A request on its way through a controller.
struct Visit: Sendable {
    let application: Application
    var request: Request
    var parameters = PathParameters()
    var visitor = Visitor.nobody
    /// Who calls the API, when that is known.
    var caller: User.ID?
    /// The client's IP address, as a trusted proxy tells it or as the connection shows it.
    var address = ""
    /// Whether cookies of the answer are to be marked Secure.
    var isSecure = false
    /// Tells this request from every other in the log.
    let number: UInt64
    /// Unix seconds.
    let now: Int64
    private let snapshot: Snapshot

    init(application: Application, request: Request, number: UInt64, now: Int64, snapshot: Snapshot) {
        self.snapshot = snapshot
        self.application = application
        self.request = request
        self.number = number
        self.now = now
    }

    /// Reads the database as it was when the request's answer was begun; after a wait, as it is.
    func read<Value>(_ body: (Stores) throws -> Value) throws -> Value { try snapshot.read(body) }

    func frame(_ title: String, section: Frame.Section = .none, notices: [Notice] = []) -> Frame {
        let username =
            switch visitor {
            case .user(let user, _): user.username
            case .nobody, .expired, .ended: ""
            }
        return Frame(
            title: title, username: username, section: section,
            offersRegistration: application.offersRegistration, notices: notices)
    }
}

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

    /// The path's parameter as a number of the database; what is none cannot exist.
    func id<Subject>(_ name: String = "id") throws(AppError) -> Identifier<Subject> {
        guard let text = visit.parameters[name], let id = Identifier<Subject>(text) else { throw .notFound }
        return id
    }

    func frame(_ title: String, section: Frame.Section = .none, notices: [Notice] = []) -> Frame {
        visit.frame(title, section: section, notices: notices)
    }
}
