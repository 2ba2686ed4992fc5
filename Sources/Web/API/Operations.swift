import Expenses
import HTTP
import JSON
import Synchronization

extension Operation {
    /// The API's table: everything that can be asked for.
    static func all(_ services: Services) -> [Operation] {
        let sessions = SessionsAPI(services)
        let expenses = ExpensesAPI(services)
        let categories = CategoriesAPI(services)
        let summary = SummaryAPI()
        let tags = TagsAPI(services)
        let lists = ListFiles(services)
        let imports = ImportAPI(services)
        let targets = TargetsAPI(services)
        let rules = RulesAPI(services)
        let repeating = RepeatingAPI(services)
        let operations = [
            Operation(
                method: .post, path: "/api/v1/register", id: "register", summary: "Makes an account",
                body: [
                    Field(name: "username", schema: APISchemas.text),
                    Field(name: "email", schema: APISchemas.text),
                    Field(name: "password", schema: APISchemas.text),
                ],
                success: Success(status: .created, description: "The new account", schema: "User"),
                refusals: [.forbidden, .conflict, .tooManyRequests],
                handler: .anyone(.waiting(sessions.register))),
            Operation(
                method: .post, path: "/api/v1/login", id: "logIn", summary: "Starts a session",
                body: [
                    // A username will do as well.
                    Field(name: "email", schema: APISchemas.text),
                    Field(name: "password", schema: APISchemas.text),
                    Field(name: "code", schema: APISchemas.twoFactorCode, isRequired: false),
                ],
                success: Success(status: .ok, description: "The session's tokens", schema: "Tokens"),
                refusals: [.unauthorized, .tooManyRequests], handler: .anyone(.waiting(sessions.logIn))),
            Operation(
                method: .post, path: "/api/v1/refresh", id: "refresh",
                summary: "Exchanges a refresh token for new tokens",
                body: [Field(name: "refresh_token", schema: APISchemas.text)],
                success: Success(status: .ok, description: "The session's new tokens", schema: "Tokens"),
                refusals: [.unauthorized], handler: .anyone(.waiting(sessions.refresh))),
            Operation(
                method: .post, path: "/api/v1/logout", id: "logOut", summary: "Ends the session",
                recordsFirst: false,
                success: Success(status: .noContent, description: "The session has ended"),
                handler: .writer(.waiting(sessions.logOut))),

            Operation(
                method: .get, path: "/api/v1/expenses", id: "listExpenses", summary: "Expenses, newest first",
                parameters: FilterParameters.all + [.limit, .after],
                success: Success(status: .ok, description: "A page of expenses", schema: "ExpensePage"),
                handler: .reader(.searching(expenses.index))),
            Operation(
                method: .post, path: "/api/v1/expenses", id: "addExpense", summary: "Adds an expense",
                parameters: [.idempotencyKey],
                body: ExpenseField.all.map { Field($0, isNew: true) },
                success: Success(
                    status: .created, description: "The new expense", schema: "Expense",
                    headers: ["Location", "ETag"]),
                refusals: [.tooManyRequests], handler: .writer(.waiting(expenses.create))),
            Operation(
                method: .get, path: "/api/v1/expenses/{id}", id: "getExpense", summary: "One expense",
                parameters: [.ifNoneMatch],
                success: Success(
                    status: .ok, description: "The expense", schema: "Expense", headers: ["ETag"]),
                refusals: [.notModified], handler: .reader(.atOnce(expenses.show))),
            Operation(
                method: .put, path: "/api/v1/expenses/{id}", id: "replaceExpense",
                summary: "Changes an expense",
                parameters: [.ifMatch],
                body: ExpenseField.all.map { Field($0, isNew: false) },
                success: Success(
                    status: .ok, description: "The expense as it is now", schema: "Expense", headers: ["ETag"]
                ),
                refusals: [.preconditionFailed], handler: .writer(.waiting(expenses.replace))),
            Operation(
                method: .delete, path: "/api/v1/expenses/{id}", id: "deleteExpense",
                summary: "Moves an expense to the bin, for 30 days", parameters: [.ifMatch],
                success: Success(status: .noContent, description: "It is in the bin"),
                refusals: [.preconditionFailed], handler: .writer(.waiting(expenses.remove))),

            Operation(
                method: .get, path: "/api/v1/summary", id: "getSummary",
                summary: "Totals by category and by month", parameters: FilterParameters.all,
                success: Success(status: .ok, description: "The totals of all that match", schema: "Summary"),
                handler: .reader(.searching(summary.show))),

            Operation(
                method: .get, path: "/api/v1/categories", id: "listCategories", summary: "All categories",
                success: Success(status: .ok, description: "The categories", schema: "CategoryList"),
                handler: .reader(.atOnce(categories.index))),
            Operation(
                method: .post, path: "/api/v1/categories", id: "addCategory", summary: "Adds a category",
                parameters: [.idempotencyKey],
                body: [
                    Field(name: "name", schema: APISchemas.categoryName),
                    Field(name: "color", schema: APISchemas.color, isRequired: false),
                ],
                success: Success(
                    status: .created, description: "The new category", schema: "Category",
                    headers: ["Location"]),
                refusals: [.conflict, .tooManyRequests], handler: .writer(.waiting(categories.create))),
            Operation(
                method: .put, path: "/api/v1/categories/{id}", id: "replaceCategory",
                summary: "Changes a category",
                body: [
                    Field(name: "name", schema: APISchemas.categoryName),
                    Field(name: "color", schema: APISchemas.color),
                ],
                success: Success(status: .ok, description: "The category as it is now", schema: "Category"),
                refusals: [.conflict], handler: .writer(.waiting(categories.replace))),
            Operation(
                method: .delete, path: "/api/v1/categories/{id}", id: "deleteCategory",
                summary: "Deletes a category",
                parameters: [
                    Parameter(
                        name: "move_to", description: "The category that its expenses move to.",
                        schema: APISchemas.id)
                ],
                success: Success(status: .noContent, description: "It is deleted"),
                refusals: [.conflict], handler: .writer(.waiting(categories.remove))),

            Operation(
                method: .get, path: "/api/v1/targets", id: "listTargets",
                summary: "What is meant to be spent in a month, and what was",
                parameters: [
                    Parameter(
                        name: "month",
                        description: "The month; this one where it is left out. " + Parameter.months,
                        schema: APISchemas.orEmpty(APISchemas.month))
                ],
                success: Success(status: .ok, description: "The month's targets", schema: "TargetList"),
                handler: .reader(.atOnce(targets.index))),
            Operation(
                method: .put, path: "/api/v1/targets", id: "setTarget",
                summary: "Sets what is meant to be spent from a month on; null removes it",
                body: [
                    Field(
                        name: "category", kind: .nullableString, schema: APISchemas.nullable(APISchemas.id)),
                    Field(
                        name: "amount", kind: .nullableString,
                        schema: APISchemas.nullable(APISchemas.positiveAmount)),
                    Field(name: "month", schema: APISchemas.month, isRequired: false),
                ],
                success: Success(status: .ok, description: "The month's targets", schema: "TargetList"),
                handler: .writer(.waiting(targets.set))),

            Operation(
                method: .get, path: "/api/v1/rules", id: "listRules",
                summary: "All rules, in the order in which they are tried",
                success: Success(status: .ok, description: "The rules", schema: "RuleList"),
                handler: .reader(.atOnce(rules.index))),
            Operation(
                method: .post, path: "/api/v1/rules", id: "addRule", summary: "Adds a rule",
                parameters: [.idempotencyKey], body: Field.ofRule,
                success: Success(
                    status: .created, description: "The new rule", schema: "Rule", headers: ["Location"]),
                refusals: [.tooManyRequests], handler: .writer(.waiting(rules.create))),
            Operation(
                method: .put, path: "/api/v1/rules/{id}", id: "replaceRule", summary: "Changes a rule",
                body: Field.ofRule,
                success: Success(status: .ok, description: "The rule as it is now", schema: "Rule"),
                handler: .writer(.waiting(rules.replace))),
            Operation(
                method: .delete, path: "/api/v1/rules/{id}", id: "deleteRule", summary: "Deletes a rule",
                success: Success(status: .noContent, description: "It is deleted"),
                handler: .writer(.waiting(rules.remove))),
            Operation(
                method: .get, path: "/api/v1/tags", id: "listTags",
                summary: "The tags of all descriptions, with what has them",
                success: Success(status: .ok, description: "The tags", schema: "TagList"),
                handler: .reader(.waiting(tags.index))),
            Operation(
                method: .get, path: "/api/v1/repeating", id: "listRepeating",
                summary: "All expenses that repeat",
                success: Success(status: .ok, description: "They", schema: "RepeatingList"),
                handler: .reader(.atOnce(repeating.index))),
            Operation(
                method: .post, path: "/api/v1/repeating", id: "addRepeating",
                summary: "Adds an expense that repeats", parameters: [.idempotencyKey],
                body: Field.ofRepeating(isNew: true),
                success: Success(
                    status: .created, description: "The new one", schema: "Repeating", headers: ["Location"]),
                refusals: [.tooManyRequests], handler: .writer(.waiting(repeating.create))),
            Operation(
                method: .get, path: "/api/v1/repeating/{id}", id: "getRepeating",
                summary: "One expense that repeats",
                success: Success(status: .ok, description: "It", schema: "Repeating"),
                handler: .reader(.atOnce(repeating.show))),
            Operation(
                method: .put, path: "/api/v1/repeating/{id}", id: "replaceRepeating",
                summary: "Changes an expense that repeats, from now on",
                body: Field.ofRepeating(isNew: false),
                success: Success(status: .ok, description: "It as it is now", schema: "Repeating"),
                handler: .writer(.waiting(repeating.replace))),
            Operation(
                method: .delete, path: "/api/v1/repeating/{id}", id: "deleteRepeating",
                summary: "Deletes an expense that repeats, and keeps what it has recorded",
                success: Success(status: .noContent, description: "It is deleted"),
                handler: .writer(.waiting(repeating.remove))),
            Operation(
                method: .post, path: "/api/v1/repeating/{id}/pause", id: "pauseRepeating",
                summary: "Records nothing until it is resumed",
                success: Success(status: .ok, description: "It as it is now", schema: "Repeating"),
                handler: .writer(.waiting(repeating.pause))),
            Operation(
                method: .post, path: "/api/v1/repeating/{id}/resume", id: "resumeRepeating",
                summary: "Ends a pause, and makes nothing of it up",
                success: Success(status: .ok, description: "It as it is now", schema: "Repeating"),
                handler: .writer(.waiting(repeating.resume))),
            Operation(
                method: .post, path: "/api/v1/repeating/{id}/skip", id: "skipRepeating",
                summary: "Leaves the next day out",
                success: Success(status: .ok, description: "It as it is now", schema: "Repeating"),
                handler: .writer(.waiting(repeating.skip))),

            Operation(
                method: .post, path: "/api/v1/import", id: "importExpenses",
                summary: "Adds the spending and refunds of a CSV file, all or none, but no duplicates",
                parameters: Parameter.imports, takesCSV: true,
                success: Success(status: .ok, description: "How many rows were added", schema: "Import"),
                refusals: [.conflict], handler: .writer(.waiting(imports.add))),

            Operation(
                method: .get, path: "/expenses.json", id: "downloadExpenses",
                summary: "Every expense that matches, in one piece", parameters: FilterParameters.all,
                success: Success(status: .ok, description: "The expenses", schema: "ExpenseList"),
                handler: .reader(.waiting(lists.expenses))),
            Operation(
                method: .get, path: "/categories.json", id: "downloadCategories",
                summary: "All categories, at the address of their page",
                success: Success(status: .ok, description: "The categories", schema: "CategoryList"),
                handler: .reader(.atOnce(categories.index))),
        ]
        return operations + [
            description(
                of: operations, cookie: services.tokens.accessCookie, services.configuration.basePath)
        ]
    }

    /// The operation that gives the description of all, itself among them.
    private static func description(
        of others: [Operation], cookie: String, _ basePath: BasePath
    ) -> Operation {
        @Sendable func make(_ document: @escaping @Sendable () -> [UInt8]) -> Operation {
            Operation(
                method: .get, path: "/api/v1/openapi.json", id: "getDescription", summary: "This description",
                success: Success(status: .ok, description: "OpenAPI 3.1", schema: "OpenAPI"),
                handler: .anyone(.atOnce { _ in .json(.ok, document()) }))
        }
        // Made when it is first asked for: most starts never need it.
        let made = MadeOnce()
        return make {
            made.document.withLock { document in
                if document.isEmpty {
                    OpenAPIDocument.make(of: others + [make { [] }], cookie: cookie, basePath)
                        .append(to: &document)
                }
                return document
            }
        }
    }

    private final class MadeOnce: Sendable {
        let document: Mutex<[UInt8]> = Mutex([])
    }
}

extension Operation.Field {
    static let ofRule = [
        Self(
            name: "text",
            schema: ["type": "string", "minLength": 1, "maxLength": .integer(Int64(Rule.longestText))]),
        Self(
            name: "category", kind: .nullableString, schema: APISchemas.nullable(APISchemas.id),
            isRequired: false),
        Self(name: "new_description", schema: APISchemas.description, isRequired: false),
        Self(name: "tag", schema: ["type": "string"], isRequired: false),
        Self(name: "leave_out", kind: .boolean, schema: ["type": "boolean"], isRequired: false),
        Self(name: "position", kind: .number, schema: ["type": "integer", "minimum": 1], isRequired: false),
    ]

    fileprivate init(_ field: ExpenseField, isNew: Bool) {
        let isRequired =
            switch field.need {
            case .always: true
            case .unlessNew: !isNew
            case .never: false
            }
        self.init(name: field.key, schema: field.taken, isRequired: isRequired)
    }

    fileprivate static func ofRepeating(isNew: Bool) -> [Self] {
        [
            Self(.amount, isNew: isNew), Self(.category, isNew: isNew), Self(.description, isNew: isNew),
            Self(name: "first", schema: APISchemas.date),
            Self(
                name: "every", kind: .stringOrNumber, schema: APISchemas.every, isRequired: false),
            Self(name: "unit", schema: APISchemas.unit),
            Self(
                name: "until", kind: .nullableString, schema: APISchemas.optionalDate, isRequired: false),
            Self(name: "past", schema: APISchemas.past, isRequired: false),
        ]
    }
}

extension Operation.Parameter {
    static let months =
        "Months begin on the day that is chosen in the settings; one that begins on the 16th or later is named after the "
        + "month in which it ends."

    /// What an import leaves out otherwise, and the answers to what a file leaves open.
    static let imports = ImportAPI.parameters.map { parameter in
        let column: JSONValue = ["type": "string", "pattern": "^(none|[1-9][0-9]?|100)$"]
        return Self(
            name: parameter.name, description: parameter.description,
            schema: parameter.values.map { ["enum": .array($0.map { .string($0) })] } ?? column)
    }

    static let limit = Self(
        name: "limit", description: "How many at most; \(ExpensesAPI.defaultLimit) where it is left out.",
        schema: [
            "type": "integer", "minimum": .integer(Int64(ExpensesAPI.limits.lowerBound)),
            "maximum": .integer(Int64(ExpensesAPI.limits.upperBound)),
        ])

    static let after = Self(
        name: "after", description: "The “next” of the page before.",
        schema: APISchemas.orEmpty([
            "type": "string",
            "pattern": "^(19|2[0-9])[0-9]{2}(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])[.][1-9][0-9]{0,17}$",
        ]), problem: "This is the “next” of the page before.")

    static let idempotencyKey = Self(
        name: IdempotencyKey.field, place: .header,
        description:
            "The same request with the same key does nothing within a day, and is answered the same.",
        schema: [
            "type": "string", "minLength": 1, "maxLength": .integer(Int64(IdempotencyKey.longest)),
            "pattern": "^[!-~]+$",
        ])

    static let ifMatch = Self(
        name: "If-Match", place: .header, description: "The ETag of the state that is to be changed.",
        schema: ["type": "string"])

    static let ifNoneMatch = Self(
        name: "If-None-Match", place: .header, description: "The ETag of the state that is known.",
        schema: ["type": "string"])
}
