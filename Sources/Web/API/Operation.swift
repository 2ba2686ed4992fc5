import HTTP
import JSON
import Templating

/// One line of the API's table: what can be asked for, by whom, with what, and every answer there is. Routing, the
/// reading of requests and the OpenAPI document all come from it.
struct Operation: Sendable {
    enum Handler: Sendable {
        case anyone(Route.Work<AnonymousCall>)
        /// Somebody with a token or a session's cookie.
        case reader(Route.Work<APIVisit>)
        /// The same, where the token may change something.
        case writer(Route.Work<APIVisit>)

        var needsCaller: Bool {
            switch self {
            case .anyone: false
            case .reader, .writer: true
            }
        }
    }

    /// A member of the request's JSON object.
    struct Field: Sendable {
        /// What it can be beside a string. Null is as if it were empty, false as if it were not there.
        enum Kind: Sendable { case string, nullableString, stringOrNumber, boolean, number }

        let name: String
        var kind = Kind.string
        let schema: JSONValue
        var isRequired = true

        /// What a form would say; nil for nothing. Throws a sentence where the value is of another type.
        func text(of value: JSONReader.Value) throws(WrongType) -> String? {
            switch (kind, value) {
            case (.nullableString, .string("")):
                throw WrongType(sentence: "This is empty: leave it out, or say null.")
            case (.string, .string(let text)), (.nullableString, .string(let text)),
                (.stringOrNumber, .string(let text)):
                return text
            case (.nullableString, .null): return ""
            case (.boolean, .bool(let isSo)): return isSo ? "1" : nil
            case (.number, .integer(let number)), (.stringOrNumber, .integer(let number)):
                return String(number)
            case (.string, _), (.stringOrNumber, _): throw WrongType(sentence: "This has to be a string.")
            case (.nullableString, _): throw WrongType(sentence: "This has to be a string or null.")
            case (.boolean, _): throw WrongType(sentence: "This has to be true or false.")
            case (.number, _): throw WrongType(sentence: "This has to be a whole number.")
            }
        }

        struct WrongType: Error { let sentence: String }
    }

    struct Parameter: Sendable {
        enum Place: String, Sendable { case query, header }

        let name: String
        var place = Place.query
        let description: String
        let schema: JSONValue
        /// What is said of a value that makes no sense, where that is the same for all.
        var problem = ""
    }

    /// The answer when all goes well.
    struct Success: Sendable {
        let status: Status
        let description: String
        /// The name of a schema in `APISchemas`; nil for no body.
        var schema: String?
        var headers: [String] = []

        static func ok(_ description: String, _ schema: String, headers: [String] = []) -> Self {
            Self(status: .ok, description: description, schema: schema, headers: headers)
        }

        static func created(
            _ description: String, _ schema: String, headers: [String] = ["Location"]
        ) -> Self {
            Self(status: .created, description: description, schema: schema, headers: headers)
        }

        static func noContent(_ description: String) -> Self {
            Self(status: .noContent, description: description)
        }
    }

    let method: HTTP.Method
    let path: PathPattern
    /// Unique among all operations.
    let id: String
    let summary: String
    let parameters: [Parameter]
    /// Empty for a request without a body.
    let body: [Field]
    /// For a request whose body is CSV.
    let takesCSV: Bool
    /// Whether what is due of the caller's expenses that repeat is recorded first.
    let recordsFirst: Bool
    let success: Success
    /// Beside those that follow from the rest: see `statuses`.
    let refusals: [Status]
    let handler: Handler

    init(
        _ method: HTTP.Method, _ path: PathPattern, _ id: String, _ summary: String,
        recordsFirst: Bool = true, parameters: [Parameter] = [], body: [Field] = [], takesCSV: Bool = false,
        _ success: Success, refusals: [Status] = [], _ handler: Handler
    ) {
        self.method = method
        self.path = path
        self.id = id
        self.summary = summary
        self.recordsFirst = recordsFirst
        self.parameters = parameters
        self.body = body
        self.takesCSV = takesCSV
        self.success = success
        self.refusals = refusals
        self.handler = handler
    }

    /// Every status that an answer can have.
    var statuses: [Status] {
        var statuses = [success.status, .badRequest, .internalServerError, .serviceUnavailable]
        if path.description.contains("{") { statuses.append(.notFound) }
        if parameters.contains(where: { $0.place == .query }) { statuses.append(.unprocessableContent) }
        if !body.isEmpty || takesCSV {
            statuses += [.contentTooLarge, .unsupportedMediaType, .unprocessableContent]
        }
        if handler.needsCaller { statuses.append(.unauthorized) }
        if !method.isSafe { statuses.append(.insufficientStorage) }
        if case .writer = handler { statuses.append(.forbidden) }
        var seen: Set<Status> = []
        return (statuses + refusals).filter { seen.insert($0).inserted }.sorted { $0.code < $1.code }
    }
}

extension Operation {
    /// Reads the JSON body into the fields that the operation has, as a form would bring them. Other members are passed
    /// over.
    func read(_ request: Request) throws(Problem) -> FormData {
        if takesCSV, request.headers["Content-Type"].map(MediaType.essence) != "text/csv" {
            throw Problem(.unsupportedMediaType, "The body has to be text/csv.")
        }
        guard !body.isEmpty else { return FormData() }
        guard let type = request.headers["Content-Type"], MediaType.essence(of: type) == "application/json"
        else {
            throw Problem(.unsupportedMediaType, "The body has to be application/json.")
        }
        var fields = FormData()
        var problems: FormProblems = [:]
        var seen: Set<String> = []
        do {
            try JSONReader.readObject(request.body) { name, value in
                guard let field = body.first(where: { $0.name == name }) else { return }
                seen.insert(name)
                do throws(Field.WrongType) {
                    if let text = try field.text(of: value) { fields.append(name, text) }
                } catch {
                    problems[name] = Message(verbatim: error.sentence)
                }
            }
        } catch {
            throw Problem(.badRequest, error.description)
        }
        for field in body where field.isRequired && !seen.contains(field.name) {
            problems[field.name] = Message(verbatim: "This is missing.")
        }
        guard problems.isEmpty else { throw .invalid(problems) }
        return fields
    }
}
