import Expenses
import JSON

/// JSON Schemas of what the API takes and gives; limits come from the code that checks them.
enum APISchemas {
    static let id: JSONValue = ["type": "string", "pattern": "^[1-9][0-9]{0,18}$", "examples": ["17"]]

    static let amount: JSONValue = [
        "type": "string", "pattern": "^-?(?!0+([.]0+)?$)[0-9]{1,9}([.][0-9]{1,3})?$", "examples": ["12.50"],
        "description": .string(
            "A decimal with a point and no more decimals than the account's currency has; negative for a refund; "
                + "never zero."),
    ]

    /// Of what is meant to be spent.
    static let positiveAmount: JSONValue = [
        "type": "string", "pattern": "^(?!0+([.]0+)?$)[0-9]{1,9}([.][0-9]{1,3})?$", "examples": ["250"],
    ]

    static let month: JSONValue = [
        "type": "string", "pattern": "^(19|2[0-9])[0-9]{2}-(0[1-9]|1[0-2])$", "examples": ["2026-11"],
    ]

    /// Of a parameter that means nothing where it is empty, as a form sends it.
    static func orEmpty(_ schema: JSONValue) -> JSONValue {
        ["anyOf": [schema, ["type": "string", "maxLength": 0]]]
    }

    /// The same, or null.
    static func nullable(_ schema: JSONValue) -> JSONValue { ["anyOf": [schema, ["type": "null"]]] }

    /// A sum of amounts.
    private static let total: JSONValue = ["type": "string", "pattern": "^-?[0-9]+([.][0-9]{1,3})?$"]

    /// The calendar itself: no day that is not in it.
    static let date: JSONValue = [
        "type": "string",
        "pattern": .string(
            "^(?:(?:19|2[0-9])[0-9]{2}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])"
                + "|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)|02-(?:0[1-9]|1[0-9]|2[0-8]))"
                + "|(?:(?:19|2[0-9])(?:0[48]|[2468][048]|[13579][26])|2[048]00)-02-29)$"),
        "examples": ["2026-11-22"], "description": "A day from 1900-01-01 to 2999-12-31.",
    ]

    static let description: JSONValue = [
        "type": "string", "maxLength": .integer(Int64(Expense.longestDescription)), "examples": ["Lunch"],
    ]

    static let categoryName: JSONValue = [
        "type": "string", "maxLength": .integer(Int64(Category.longestName)),
        // One line that is not blank.
        "pattern":
            "^[^\\u0000-\\u001f\\u007f-\\u009f]*[^\\s\\u0000-\\u001f\\u007f-\\u009f][^\\u0000-\\u001f\\u007f-\\u009f]*$",
        "examples": ["Groceries"],
    ]

    static let color: JSONValue = [
        "type": "string", "enum": .array(CategoryColor.allCases.map { .string($0.rawValue) }),
    ]

    /// May be empty, which means nothing.
    static let tag: JSONValue = [
        "type": "string", "examples": ["trip-2026"],
        "description": .string(
            "A letter, then letters, digits, - and _ of any script; case and accents make no difference."),
    ]

    static let every: JSONValue = [
        "anyOf": [
            [
                "type": "integer", "minimum": .integer(Int64(Repetition.distances.lowerBound)),
                "maximum": .integer(Int64(Repetition.distances.upperBound)),
            ],
            ["type": "string", "pattern": "^[1-9][0-9]?$"],
        ]
    ]

    static let unit: JSONValue = [
        "type": "string", "enum": .array(Repetition.Unit.allCases.map { .string($0.rawValue) }),
    ]

    static let past: JSONValue = [
        "type": "string", "enum": .array(RepeatingExpense.Past.allCases.map { .string($0.rawValue) }),
        "description": "What becomes of days that have passed; has to be said where they are more than one.",
    ]

    static let optionalDate = nullable(date)

    static let text: JSONValue = ["type": "string", "minLength": 1]

    static let twoFactorCode: JSONValue = [
        "type": "string", "minLength": 1, "examples": ["287082"],
        "description": .string(
            "Where two-factor log-in is on: six digits of the authenticator app, or a recovery code. Without it the answer "
                + "is a problem whose type ends in /second-factor-required."),
    ]

    private static let problemType: JSONValue = [
        "type": "string", "format": "uri-reference", "examples": [.string(Problem.secondFactorRequired)],
    ]

    private static let count: JSONValue = ["type": "integer", "minimum": 0]
    static let string: JSONValue = ["type": "string"]

    private static let line: JSONValue = ["type": "integer", "minimum": 1]

    /// What an expense that repeats has beside the fields of an expense.
    private static let days: [JSONValue.Member] = [
        .init("first", date), .init("every", ["type": "integer", "minimum": 1, "maximum": 99]),
        .init("unit", unit), .init("until", optionalDate), .init("next", optionalDate),
        .init("paused", ["type": "boolean"]), .init("recorded", count),
    ]

    /// What answers consist of, by name.
    static let components: JSONValue = [
        "Expense": object(.object([.init("id", id)] + ExpenseField.all.map { .init($0.key, $0.given) })),
        "ExpensePage": object([
            "items": list(of: "Expense"),
            "next": [
                "type": ["string", "null"],
                "description": "What “after” is for the next page; null on the last one.",
            ],
        ]),
        "ExpenseList": object(["items": list(of: "Expense")]),
        "Category": object(["id": id, "name": string, "color": color]),
        "Repeating": object(
            .object([.init("id", id)] + ExpenseField.ofRepeating.map { .init($0.key, $0.given) }).adding(days)
        ),
        "RepeatingList": object(["items": list(of: "Repeating")]),
        "CategoryList": object(["items": list(of: "Category")]),
        "Tag": object(["name": tag, "count": count, "total": total]),
        "TagList": object(["items": list(of: "Tag")]),
        "Summary": object([
            "currency": ["type": "string", "pattern": "^[A-Z]{3}$"], "count": count, "total": total,
            "categories": array(of: object(["id": id, "name": string, "count": count, "total": total])),
            "months": array(
                of: object([
                    "month": ["type": "string", "pattern": "^[0-9]{4}-[0-9]{2}$"], "count": count,
                    "total": total,
                ])),
        ]),
        "TargetList": object([
            "items": array(
                of: object([
                    "category": nullable(id), "amount": positiveAmount, "month": month, "spent": total,
                    "left": total,
                ]))
        ]),
        "Rule": object([
            "id": id, "text": string, "category": nullable(id), "new_description": string, "tag": string,
            "leave_out": ["type": "boolean"], "position": ["type": "integer", "minimum": 1],
        ]),
        "RuleList": object(["items": list(of: "Rule")]),
        "User": object(["id": id, "username": string, "email": string]),
        "Tokens": object([
            "access_token": string, "refresh_token": string, "token_type": ["const": "Bearer"],
            "expires_in": ["type": "integer", "minimum": 1, "description": "Seconds."],
        ]),
        "Import": object([
            "imported": count, "duplicates": count,
            "left_out": array(of: object(["line": line, "reason": string])),
        ]),
        "OpenAPI": ["type": "object"],
        "Problem": object(
            [
                "type": problemType, "title": string, "status": ["type": "integer"], "detail": string,
                "question": string,
                "errors": array(
                    of: object(["line": line, "field": string, "message": string], optional: ["line"])),
            ], optional: ["type", "question", "errors"]),
    ]

    static func reference(_ name: String) -> JSONValue { ["$ref": .string("#/components/schemas/\(name)")] }

    /// - Parameter properties: an object.
    static func object(_ properties: JSONValue, optional: Set<String> = []) -> JSONValue {
        let required = properties.members.map(\.name).filter { !optional.contains($0) }
        let schema: JSONValue = ["type": "object", "properties": properties]
        // An empty list of what is required is no JSON Schema of older tools.
        guard !required.isEmpty else { return schema }
        return schema.adding([.init("required", .array(required.map { .string($0) }))])
    }

    private static func array(of items: JSONValue) -> JSONValue { ["type": "array", "items": items] }

    private static func list(of name: String) -> JSONValue { array(of: reference(name)) }
}
