import Expenses
import HTTP
import JSON
import Synchronization

extension Operation {
    /// The API's table: everything that can be asked for.
    static func all(_ services: Services) -> [Operation] {
        let sessions = SessionsAPI(services: services)
        let expenses = ExpensesAPI(services: services)
        let categories = CategoriesAPI(services: services)
        let summary = SummaryAPI()
        let tags = TagsAPI(services: services)
        let lists = ListFiles(services)
        let imports = ImportAPI(services: services)
        let targets = TargetsAPI(services: services)
        let rules = RulesAPI(services: services)
        let repeating = RepeatingAPI(services: services)
        let operations: [Operation] = [
            Operation(
                .post, "/api/v1/register", "register", "Makes an account",
                body: [
                    Field(name: "username", schema: APISchemas.text),
                    Field(name: "email", schema: APISchemas.text),
                    Field(name: "password", schema: APISchemas.text),
                ],
                .created("The new account", "User", headers: []),
                refusals: [.forbidden, .conflict, .tooManyRequests], .anyone(.waiting(sessions.register))),
            Operation(
                .post, "/api/v1/login", "logIn", "Starts a session",
                body: [
                    // A username will do as well.
                    Field(name: "email", schema: APISchemas.text),
                    Field(name: "password", schema: APISchemas.text),
                    Field(name: "code", schema: APISchemas.twoFactorCode, isRequired: false),
                ],
                .ok("The session's tokens", "Tokens"), refusals: [.unauthorized, .tooManyRequests],
                .anyone(.waiting(sessions.logIn))),
            Operation(
                .post, "/api/v1/refresh", "refresh", "Exchanges a refresh token for new tokens",
                body: [Field(name: "refresh_token", schema: APISchemas.text)],
                .ok("The session's new tokens", "Tokens"), refusals: [.unauthorized],
                .anyone(.waiting(sessions.refresh))),
            Operation(
                .post, "/api/v1/logout", "logOut", "Ends the session",
                recordsFirst: false,
                .noContent("The session has ended"), .writer(.waiting(sessions.logOut))),

            Operation(
                .get, "/api/v1/expenses", "listExpenses", "Expenses, newest first",
                parameters: FilterParameters.all + [.limit, .after],
                .ok("A page of expenses", "ExpensePage"), .reader(.searching(expenses.index))),
            Operation(
                .post, "/api/v1/expenses", "addExpense", "Adds an expense",
                parameters: [.idempotencyKey], body: ExpenseField.all.map { Field($0, isNew: true) },
                .created("The new expense", "Expense", headers: ["Location", "ETag"]),
                refusals: [.tooManyRequests], .writer(.waiting(expenses.create))),
            Operation(
                .get, "/api/v1/expenses/{id}", "getExpense", "One expense",
                parameters: [.ifNoneMatch],
                .ok("The expense", "Expense", headers: ["ETag"]), refusals: [.notModified],
                .reader(.atOnce(expenses.show))),
            Operation(
                .put, "/api/v1/expenses/{id}", "replaceExpense", "Changes an expense",
                parameters: [.ifMatch], body: ExpenseField.all.map { Field($0, isNew: false) },
                .ok("The expense as it is now", "Expense", headers: ["ETag"]),
                refusals: [.preconditionFailed], .writer(.waiting(expenses.replace))),
            Operation(
                .delete, "/api/v1/expenses/{id}", "deleteExpense", "Moves an expense to the bin, for 30 days",
                parameters: [.ifMatch],
                .noContent("It is in the bin"), refusals: [.preconditionFailed],
                .writer(.waiting(expenses.remove))),

            Operation(
                .get, "/api/v1/summary", "getSummary", "Totals by category and by month",
                parameters: FilterParameters.all,
                .ok("The totals of all that match", "Summary"), .reader(.searching(summary.show))),

            Operation(
                .get, "/api/v1/categories", "listCategories", "All categories",
                .ok("The categories", "CategoryList"), .reader(.atOnce(categories.index))),
            Operation(
                .post, "/api/v1/categories", "addCategory", "Adds a category",
                parameters: [.idempotencyKey],
                body: [
                    Field(name: "name", schema: APISchemas.categoryName),
                    Field(name: "color", schema: APISchemas.color, isRequired: false),
                ],
                .created("The new category", "Category"), refusals: [.conflict, .tooManyRequests],
                .writer(.waiting(categories.create))),
            Operation(
                .put, "/api/v1/categories/{id}", "replaceCategory", "Changes a category",
                body: [
                    Field(name: "name", schema: APISchemas.categoryName),
                    Field(name: "color", schema: APISchemas.color),
                ],
                .ok("The category as it is now", "Category"), refusals: [.conflict],
                .writer(.waiting(categories.replace))),
            Operation(
                .delete, "/api/v1/categories/{id}", "deleteCategory", "Deletes a category",
                parameters: [
                    Parameter(
                        name: "move_to", description: "The category that its expenses move to.",
                        schema: APISchemas.id)
                ],
                .noContent("It is deleted"), refusals: [.conflict], .writer(.waiting(categories.remove))),

            Operation(
                .get, "/api/v1/targets", "listTargets", "What is meant to be spent in a month, and what was",
                parameters: [
                    Parameter(
                        name: "month",
                        description: "The month; this one where it is left out. " + Parameter.months,
                        schema: APISchemas.orEmpty(APISchemas.month))
                ],
                .ok("The month's targets", "TargetList"), .reader(.atOnce(targets.index))),
            Operation(
                .put, "/api/v1/targets", "setTarget",
                "Sets what is meant to be spent from a month on; null removes it",
                body: [
                    Field(
                        name: "category", kind: .nullableString, schema: APISchemas.nullable(APISchemas.id)),
                    Field(
                        name: "amount", kind: .nullableString,
                        schema: APISchemas.nullable(APISchemas.positiveAmount)),
                    Field(name: "month", schema: APISchemas.month, isRequired: false),
                ],
                .ok("The month's targets", "TargetList"), .writer(.waiting(targets.set))),

            Operation(
                .get, "/api/v1/rules", "listRules", "All rules, in the order in which they are tried",
                .ok("The rules", "RuleList"), .reader(.atOnce(rules.index))),
            Operation(
                .post, "/api/v1/rules", "addRule", "Adds a rule",
                parameters: [.idempotencyKey], body: Field.ofRule,
                .created("The new rule", "Rule"), refusals: [.tooManyRequests],
                .writer(.waiting(rules.create))),
            Operation(
                .put, "/api/v1/rules/{id}", "replaceRule", "Changes a rule",
                body: Field.ofRule,
                .ok("The rule as it is now", "Rule"), .writer(.waiting(rules.replace))),
            Operation(
                .delete, "/api/v1/rules/{id}", "deleteRule", "Deletes a rule",
                .noContent("It is deleted"), .writer(.waiting(rules.remove))),
            Operation(
                .get, "/api/v1/tags", "listTags", "The tags of all descriptions, with what has them",
                .ok("The tags", "TagList"), .reader(.waiting(tags.index))),
            Operation(
                .get, "/api/v1/repeating", "listRepeating", "All expenses that repeat",
                .ok("They", "RepeatingList"), .reader(.atOnce(repeating.index))),
            Operation(
                .post, "/api/v1/repeating", "addRepeating", "Adds an expense that repeats",
                parameters: [.idempotencyKey], body: Field.ofRepeating(isNew: true),
                .created("The new one", "Repeating"), refusals: [.tooManyRequests],
                .writer(.waiting(repeating.create))),
            Operation(
                .get, "/api/v1/repeating/{id}", "getRepeating", "One expense that repeats",
                .ok("It", "Repeating"), .reader(.atOnce(repeating.show))),
            Operation(
                .put, "/api/v1/repeating/{id}", "replaceRepeating",
                "Changes an expense that repeats, from now on",
                body: Field.ofRepeating(isNew: false),
                .ok("It as it is now", "Repeating"), .writer(.waiting(repeating.replace))),
            Operation(
                .delete, "/api/v1/repeating/{id}", "deleteRepeating",
                "Deletes an expense that repeats, and keeps what it has recorded",
                .noContent("It is deleted"), .writer(.waiting(repeating.remove))),
            Operation(
                .post, "/api/v1/repeating/{id}/pause", "pauseRepeating",
                "Records nothing until it is resumed",
                .ok("It as it is now", "Repeating"), .writer(.waiting(repeating.pause))),
            Operation(
                .post, "/api/v1/repeating/{id}/resume", "resumeRepeating",
                "Ends a pause, and makes nothing of it up",
                .ok("It as it is now", "Repeating"), .writer(.waiting(repeating.resume))),
            Operation(
                .post, "/api/v1/repeating/{id}/skip", "skipRepeating", "Leaves the next day out",
                .ok("It as it is now", "Repeating"), .writer(.waiting(repeating.skip))),

            Operation(
                .post, "/api/v1/import", "importExpenses",
                "Adds the spending and refunds of a CSV file, all or none, but no duplicates",
                parameters: Parameter.imports, takesCSV: true,
                .ok("How many rows were added", "Import"), refusals: [.conflict],
                .writer(.waiting(imports.add))),

            Operation(
                .get, "/expenses.json", "downloadExpenses", "Every expense that matches, in one piece",
                parameters: FilterParameters.all,
                .ok("The expenses", "ExpenseList"), .reader(.waiting(lists.expenses))),
            Operation(
                .get, "/categories.json", "downloadCategories",
                "All categories, at the address of their page",
                .ok("The categories", "CategoryList"), .reader(.atOnce(categories.index))),
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
                .get, "/api/v1/openapi.json", "getDescription", "This description",
                .ok("OpenAPI 3.1", "OpenAPI"), .anyone(.atOnce { _ in .json(.ok, document()) }))
        }
        // Made when it is first asked for: most starts never need it.
        let made = MadeOnce()
        return make {
            made.document.withLock { document in
                if document.isEmpty {
                    document =
                        OpenAPIDocument.make(of: others + [make { [] }], cookie: cookie, basePath).bytes
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
        ExpenseField.ofRepeating.map { Self($0, isNew: isNew) } + [
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
