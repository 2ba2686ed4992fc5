import HTTP

/// One line of the site map.
struct Route: Sendable {
    /// Who answers: at once, which is the usual case and costs no task, or after waiting (for a write to the database, for
    /// a password's hash).
    enum Work<Visit: Sendable>: Sendable {
        case atOnce(@Sendable (Visit) throws -> Response)
        case waiting(@Sendable (Visit) async throws -> Response)
        /// At once, or, where the query has a text to search for, on a thread for searches: how long one takes depends on
        /// how many different descriptions the user has.
        case searching(@Sendable (Visit) throws -> Response)
    }

    /// Asked every few seconds by what watches the program, without a session.
    struct Probe: Sendable {
        /// Takes unix seconds. With the fields that every answer carries; nil where the database has to be asked.
        let quickAnswer: @Sendable (Request, Int64) -> Response?
        let answer: @Sendable (Request, Int64) async throws -> Response
    }

    enum Handler: Sendable {
        case probe(Probe)
        case anyone(Work<Visit>)
        /// Reached only by somebody who is logged in.
        case user(Work<UserVisit>)
    }

    /// A file that may be sent to an address by somebody who is logged in.
    struct Upload: Sendable {
        let kind: UploadReceiver.Kind
        /// Bytes of the whole body.
        let maximumSize: Int

        /// A CSV file in the field `file` of a form, or by itself.
        static let importForm = Upload(kind: .form(fileField: "file"), maximumSize: 16 << 20)
        static let importFile = Upload(kind: .plain, maximumSize: 16 << 20)
        static let accountFile = Upload(kind: .form(fileField: "file"), maximumSize: 1 << 30)
    }

    let method: HTTP.Method
    let pattern: PathPattern
    let handler: Handler
    let upload: Upload?

    init(_ method: HTTP.Method, _ pattern: PathPattern, _ handler: Handler, upload: Upload? = nil) {
        self.method = method
        self.pattern = pattern
        self.handler = handler
        self.upload = upload
    }
}
