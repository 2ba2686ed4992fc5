import SQLite

/// The stores of one connection, valid inside one `Storage.read` or `Storage.write` only. Inside a read they refuse
/// every change.
package struct Stores {
    private let connection: Connection

    init(_ connection: Connection) { self.connection = connection }

    package var users: UserStore { UserStore(connection: connection) }
    package var sessions: SessionStore { SessionStore(connection: connection) }
    package var categories: CategoryStore { CategoryStore(connection: connection) }
    package var apiTokens: APITokenStore { APITokenStore(connection: connection) }
    package var idempotency: IdempotencyStore { IdempotencyStore(connection: connection) }
    package var imports: ImportStore { ImportStore(connection: connection) }
    package var expenses: ExpenseStore { ExpenseStore(connection: connection) }
}
