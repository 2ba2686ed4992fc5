import HTTP

/// A request to the API that anybody may make.
struct AnonymousCall: Sendable {
    let visit: Visit
    /// The members of the request's JSON object.
    let body: FormData
}
