import Expenses
import HTTP
import JSON
import Storage
import Templating

/// Entry without a connection: scripts (Public/offline.js, worker.js) keep what is added, and send it here later.
struct OfflineController: Sendable {
    static let path = "/offline"

    /// Ids that a browser gets at a time, and so the most entries that can wait in it.
    private static let count = 50
    /// For how long an id is good, in seconds: 30 days. For longer than that, the store remembers one that was used, so an
    /// entry may be sent again whatever has become of the answer.
    private static let lifetime: Int64 = 30 * 86_400

    private let services: Services

    init(_ services: Services) {
        self.services = services
    }

    /// GET /offline: the same page for everybody, but for its language.
    func show(_ visit: Visit) -> Response {
        let frame = Frame(
            title: Message("Without a connection"), offersLogIn: false, language: visit.language)
        var response = services.pages.response(.ok, services.pages.offline, OfflinePage(frame: frame))
        response.headers["Cache-Control"] = "no-cache"
        return response
    }

    /// GET /offline/ids: what a browser needs to keep entries for this user: one-time ids, keys to encrypt with, the newest
    /// first, and the files to show where none can be fetched.
    func ids(_ visit: UserVisit) -> Response {
        let user = visit.user.id
        let base = services.configuration.basePath.text
        let keys = services.seal.deviceKeys(of: user).map { key in
            JSONValue.array(key.map { .integer(Int64($0)) })
        }
        let ids = (0..<Self.count).map { _ in
            JSONValue.string(services.seal.stamp(for: user, at: visit.now))
        }
        let answer: JSONValue = [
            "keys": .array(keys), "ids": .array(ids),
            "files": .array(Self.files.map { .string(base + $0) }),
        ]
        var body: [UInt8] = []
        answer.append(to: &body)
        return .json(.ok, body)
    }

    /// The page, and what it is made of.
    private static let files = [
        path, "/static/bootstrap/css/bootstrap.min.css", "/static/app.css", "/static/app.js",
        "/static/offline.js", "/static/favicon.svg",
    ]

    /// POST /offline: the fields of POST /expenses, where `category` may also be a name. 201 when it is saved, now or before,
    /// with the dashboard that says so; 422 with the reason when it cannot be.
    func save(_ visit: UserVisit) async throws -> Response {
        let fields = try visit.request.form()
        let stamp = fields["form"] ?? ""
        // Of another user's, or a forged one, the same is said: what waits behind it in the browser is sent all the same.
        guard let made = services.seal.stamp(stamp), made.owner == visit.user.id,
            (made.madeAt...made.madeAt + Self.lifetime).contains(visit.now)
        else {
            return refusal(
                Message(
                    "This has waited for more than 30 days. Look whether it is in your list; if it is not, add it there."
                ), visit)
        }
        var form = ExpenseForm(fields)
        let categories = try visit.read { try $0.categories.all(of: visit.user.id) }
        if let category = categories.id(named: AccountRules.trimmed(form.category)) {
            form.category = category.description
        }
        switch form.validated(visit.preferences, among: categories) {
        case .failure(let problems):
            let sentences = problems.list.map(\.message)
            return refusal(Message(list: sentences, separator: Message(verbatim: " ")), visit)
        case .success(let entry):
            do {
                let (insertion, guess) = try await services.storage.add(
                    entry, form: stamp, form.fingerprint, visit)
                return try answer(to: insertion, guess, amount: form.amount, visit)
            } catch AppError.quotaReached(let most) {
                return refusal(ErrorPages.quotaReached(most), visit)
            }
        }
    }

    private func answer(
        to insertion: Insertion<Expense>, _ guess: ExpenseForm.Entry.Guess?, amount: String,
        _ visit: UserVisit
    ) throws -> Response {
        switch insertion {
        case .inserted(let id), .repeated(let id):
            let change = ExpenseChange(.saved, id, guess, amount: amount, visit.preferences)
            return Response(.created, headers: ["Location": FilterQuery().address(telling: change)])
        case .formUsed(let id):
            return refusal(
                try visit.expense(id).map {
                    Message(
                        "Already saved as {expense}. Take this out of the list, or change that one.",
                        ["expense": visit.wording.expense($0)])
                } ?? Message("Already saved. Take this out of the list."), visit)
        }
    }

    private func refusal(_ reason: Message, _ visit: UserVisit) -> Response {
        .text(.unprocessableContent, reason.text(in: visit.visit.translation))
    }
}
