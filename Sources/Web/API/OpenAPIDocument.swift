import HTTP
import JSON

/// The description of the API (OpenAPI 3.1), made of the table that the API works by.
enum OpenAPIDocument {
    static func make(of operations: [Operation], cookie: String, _ basePath: BasePath) -> JSONValue {
        var paths: [JSONValue.Member] = []
        for operation in operations {
            let path = operation.path.description
            let member = JSONValue.Member(operation.method.token.lowercased(), describe(operation))
            if let index = paths.firstIndex(where: { $0.name == path }) {
                paths[index].value = paths[index].value.adding([member])
            } else {
                paths.append(.init(path, .object([member])))
            }
        }
        return [
            "openapi": "3.1.0",
            "info": [
                "title": "Expense Tracker", "version": "1",
                "description": .string(
                    "Expenses, categories and totals of one account. Errors are problem details (RFC 9457)."),
            ],
            "servers": [["url": .string(basePath.text.isEmpty ? "/" : basePath.text)]],
            "paths": .object(paths),
            "components": [
                "schemas": APISchemas.components,
                "securitySchemes": [
                    "bearer": [
                        "type": "http", "scheme": "bearer",
                        "description":
                            "An access token of log-in, or a personal token “et_…” of the account page.",
                    ],
                    "cookie": [
                        "type": "apiKey", "in": "cookie", "name": .string(cookie),
                        "description": "The cookie of the pages; writes may not come from another site.",
                    ],
                ],
            ],
        ]
    }

    private static func describe(_ operation: Operation) -> JSONValue {
        var members: [JSONValue.Member] = [
            .init("operationId", .string(operation.id)), .init("summary", .string(operation.summary)),
        ]
        let parameters = pathParameters(of: operation) + operation.parameters.map(describe)
        if !parameters.isEmpty { members.append(.init("parameters", .array(parameters))) }
        if !operation.body.isEmpty { members.append(.init("requestBody", body(of: operation))) }
        if operation.takesCSV {
            let content: JSONValue = ["text/csv": ["schema": ["type": "string"]]]
            members.append(.init("requestBody", ["required": true, "content": content]))
        }
        members.append(.init("responses", responses(of: operation)))
        members.append(
            .init("security", operation.handler.needsCaller ? [["bearer": []], ["cookie": []]] : []))
        return .object(members)
    }

    private static func pathParameters(of operation: Operation) -> [JSONValue] {
        guard operation.path.description.contains("{id}") else { return [] }
        return [["name": "id", "in": "path", "required": true, "schema": APISchemas.id]]
    }

    private static func describe(_ parameter: Operation.Parameter) -> JSONValue {
        [
            "name": .string(parameter.name), "in": .string(parameter.place.rawValue), "required": false,
            "description": .string(parameter.description), "schema": parameter.schema,
        ]
    }

    private static func body(of operation: Operation) -> JSONValue {
        let schema = APISchemas.object(
            .object(operation.body.map { .init($0.name, $0.schema) }),
            optional: Set(operation.body.filter { !$0.isRequired }.map(\.name)))
        return ["required": true, "content": ["application/json": ["schema": schema]]]
    }

    private static func responses(of operation: Operation) -> JSONValue {
        .object(
            operation.statuses.map { status in
                let isSuccess = status == operation.success.status
                return .init(
                    String(status.code), isSuccess ? success(operation.success) : refusal(status))
            })
    }

    private static func success(_ success: Operation.Success) -> JSONValue {
        var members: [JSONValue.Member] = [.init("description", .string(success.description))]
        if !success.headers.isEmpty {
            members.append(.init("headers", .object(success.headers.map { .init($0, header) })))
        }
        if let schema = success.schema {
            members.append(
                .init(
                    "content", .object([.init("application/json", ["schema": APISchemas.reference(schema)])])
                ))
        }
        return .object(members)
    }

    private static func refusal(_ status: Status) -> JSONValue {
        // RFC 9110 says with which header each of these comes.
        let headers: [Status: String] = [
            .unauthorized: "WWW-Authenticate", .tooManyRequests: "Retry-After",
            .serviceUnavailable: "Retry-After",
        ]
        guard status != .notModified else { return ["description": "The client has this already."] }
        let answer: JSONValue = [
            "description": .string(status.reason),
            "content": .object([.init(Problem.contentType, ["schema": APISchemas.reference("Problem")])]),
        ]
        guard let name = headers[status] else { return answer }
        return answer.adding([.init("headers", .object([.init(name, header)]))])
    }

    private static let header: JSONValue = ["schema": ["type": "string"]]
}
