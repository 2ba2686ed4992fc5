import HTTP
import JSON
import Storage

extension Response {
    static func json(_ status: Status, _ value: JSONValue) -> Response { .json(status, value.bytes) }

    /// All that there is of something.
    static func items(_ items: [JSONValue]) -> Response { .json(.ok, ["items": .array(items)]) }

    /// With its `ETag`.
    static func tagged(_ status: Status, _ body: [UInt8]) -> Response {
        var response = Response.json(status, body)
        response.headers["ETag"] = EntityTag.of(body)
        return response
    }

    /// 201, with the address of what was made.
    static func created(_ answer: IdempotencyStore.Answer) -> Response {
        var response = Response.json(.created, answer.body)
        response.headers["Location"] = answer.location
        return response
    }
}
