import Expenses
import HTTP
import JSON
import Platform
import Storage
import Templating

/// What went wrong with a request of the API, as problem details (RFC 9457).
struct Problem: Error {
    static let contentType = "application/problem+json"

    /// What `type` is of a log-in that needs a code.
    static let secondFactorRequired = "/api/v1/problems/second-factor-required"

    /// Tells this problem from others with its status; empty where that says enough (RFC 9457 §4.2.1).
    var type = ""
    var status: Status
    /// A sentence for the person who reads the script's log.
    var detail: String
    var errors: [FieldProblem] = []
    /// Where each error is in an uploaded file; empty for other requests.
    var lines: [Int] = []
    /// The parameter that answers what an uploaded file leaves open; empty for other requests.
    var question = ""
    var headers: Headers = [:]

    init(_ status: Status, _ detail: String, errors: [FieldProblem] = [], headers: Headers = [:]) {
        self.status = status
        self.detail = detail
        self.errors = errors
        self.headers = headers
    }

    var response: Response {
        var members: [JSONValue.Member] = [
            .init("title", .string(status.reason)), .init("status", .integer(Int64(status.code))),
            .init("detail", .string(detail)),
        ]
        if !type.isEmpty { members.insert(.init("type", .string(type)), at: 0) }
        if !question.isEmpty { members.append(.init("question", .string(question))) }
        if !errors.isEmpty {
            let errors = errors.enumerated().map { index, error -> JSONValue in
                let line = lines.isEmpty ? [] : [JSONValue.Member("line", .integer(Int64(lines[index])))]
                return .object(
                    line + [
                        .init("field", .string(error.field)),
                        .init("message", .string(error.message.english)),
                    ])
            }
            members.append(.init("errors", .array(errors)))
        }
        var response = Response.json(status, JSONValue.object(members).bytes, type: Problem.contentType)
        response.headers.append(contentsOf: headers)
        return response
    }
}

extension Problem {
    static func invalid(_ errors: [FieldProblem]) -> Problem {
        Problem(.unprocessableContent, "Some of what was sent cannot be taken: see errors.", errors: errors)
    }

    static func invalid(_ problems: FormProblems) -> Problem { .invalid(problems.list) }

    static func invalid(_ field: String, _ message: String) -> Problem {
        .invalid(field, Message(verbatim: message))
    }

    static func invalid(_ field: String, _ message: Message) -> Problem {
        .invalid([FieldProblem(field: field, message: message)])
    }

    /// Something is in the way that is not the fault of the value itself.
    static func conflict(_ field: String, _ message: String) -> Problem {
        Problem(.conflict, message, errors: [FieldProblem(field: field, message: Message(verbatim: message))])
    }

    /// 401. `tokenError` says what is wrong with the token that was sent (RFC 6750 §3); nil where there was none.
    static func unauthorized(_ detail: String, tokenError: String? = nil) -> Problem {
        let parameters = tokenError.map { " error=\"invalid_token\", error_description=\"\($0)\"" } ?? ""
        return Problem(.unauthorized, detail, headers: ["WWW-Authenticate": "Bearer" + parameters])
    }

    static func retry(_ status: Status, after seconds: Int, _ detail: String) -> Problem {
        Problem(status, detail, headers: ["Retry-After": String(seconds)])
    }

    /// The twin of `ErrorPages`: what an unknown error says stays in the log.
    init(_ error: any Error, _ visit: Visit, _ log: Log) {
        switch error {
        case let problem as Problem:
            self = problem
        case let problems as FormProblems:
            self = .invalid(problems)
        case is CategoryNameTaken:
            self = .conflict("name", "You have a category of this name already.")
        case let question as RepeatingWrite.Question:
            let days = question.days
            self = .invalid(
                "past",
                "\(days.count) expenses would be recorded at once, from \(days.first) to \(days.last): say “record” or “skip”."
            )
        case AppError.notFound:
            self.init(.notFound, "There is nothing at this address.")
        case AppError.signInRequired:
            self = .unauthorized("This needs a token.")
        case AppError.tooManyAttempts(let seconds):
            self = .retry(
                .tooManyRequests, after: seconds,
                "That was wrong too often. Wait \(ErrorPages.words(seconds: seconds).english), then try again."
            )
        case AppError.tooManyRequests(let seconds):
            self = .retry(
                .tooManyRequests, after: seconds,
                "Too many requests from your network. Try again in \(ErrorPages.words(seconds: seconds).english)."
            )
        case AppError.busy(let seconds):
            self = .retry(
                .serviceUnavailable, after: seconds,
                "The server is busy. Nothing was changed.")
        case AppError.unreachable(let seconds):
            self = .retry(
                .serviceUnavailable, after: seconds,
                "The database does not answer. With an Idempotency-Key the request can be sent again safely.")
        // A client that is gone has its work cancelled; nobody reads this.
        case is WorkerPool.Full, is CancellationError:
            self.init(AppError.busy(retryAfter: 2), visit, log)
        case AppError.storageFull:
            log.write(.error, "request \(visit.id): the disk is full, nothing can be saved")
            self.init(.insufficientStorage, "The server has no room left. Nothing was changed.")
        case AppError.quotaReached(let most):
            self.init(
                .insufficientStorage,
                "Not saved: the account has \(most) expenses, deleted ones included, as many as it may have.")
        case AppError.tooMany(.categories):
            self = .invalid("name", AppError.Limited.categories.sentence)
        case AppError.tooMany(let things):
            self.init(.unprocessableContent, things.sentence.english)
        case AppError.recording(let seconds):
            self = .retry(
                .serviceUnavailable, after: seconds,
                "Repeating expenses are still being recorded. Nothing was changed by this request.")
        case let change as NotWhole:
            self = .retry(.serviceUnavailable, after: change.retryAfter, change.explanation.english)
        case let error as RequestError:
            self.init(error)
        default:
            log.write(.error, "request \(visit.id): \(error)")
            self.init(
                .internalServerError,
                "The fault is the server's. Its log tells more of request \(visit.id).")
        }
    }

    /// For a request that the server could not read.
    init(_ error: RequestError) {
        self.init(
            error.status, error.reason,
            headers: error.status == .serviceUnavailable ? ["Retry-After": "2"] : [:])
    }
}
