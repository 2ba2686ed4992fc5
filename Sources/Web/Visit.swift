import Expenses
import HTTP
import Storage
import Templating

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
    /// The host and port that the client asked for, as a trusted proxy tells them or as the field `Host` does.
    var host = ""
    /// Whether cookies of the answer are to be marked Secure.
    var isSecure = false
    /// Tells this request from every other in the log.
    let id: String
    /// Unix seconds.
    let now: Int64
    /// What has become of the user's expenses that repeat and are due.
    var due = DueExpenses.recorded
    /// False where a server's answer cannot be waited for: on an event loop.
    var mayAskDatabase = true
    private let snapshot: Snapshot

    init(application: Application, request: Request, id: String, now: Int64, snapshot: Snapshot) {
        self.snapshot = snapshot
        self.application = application
        self.request = request
        self.id = id
        self.now = now
    }

    /// One snapshot per request; after an await, current data.
    func read<Value>(_ body: (Stores) throws -> Value) throws -> Value { try snapshot.read(body) }

    /// Whether the request changes nothing.
    var isReading: Bool { request.method == .get || request.method == .head }

    func frame(_ title: Message, section: Frame.Section = .none, notices: [Notice] = []) -> Frame {
        var notices = notices
        let username: String
        switch visitor {
        case .user(let user, let session):
            username = user.username
            // A page is no worse without them, and says itself what it cannot read.
            if session.hasLongWrites, let states = try? read({ try $0.longWrites.all(of: user.id) }) {
                notices += states.compactMap { LongWriteNotice.of($0, user.preferences) }
            }
            if let notice = due.notice { notices.append(notice) }
        case .nobody, .expired, .ended: username = ""
        }
        var frame = Frame(
            title: title, username: username, section: section,
            offersRegistration: username.isEmpty && mayAskDatabase && application.offersRegistration,
            notices: notices,
            language: language)
        if case .user(let user, _) = visitor {
            frame.keeper = "\(user.id) \(frame.language.code) \(now / 86_400)"
        }
        if username.isEmpty { frame.offer(application.visitorsLanguage.languages, on: request) }
        return frame
    }

    var language: Language { application.visitorsLanguage.language(of: self) }

    /// For what is no page: a file, a name that is stored.
    var translation: Translation { application.visitorsLanguage.languages.translation(orEnglish: language) }
}
