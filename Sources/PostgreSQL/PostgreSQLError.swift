#if PostgreSQL
    import CPostgreSQL

    /// What a server, or the way to it, did not do: the call, its statement and the one sentence that says why; never a
    /// bound value, and never the address, which may hold a password.
    package struct PostgreSQLError: Error, Hashable {
        /// The function of libpq, such as `PQexecPrepared`.
        package let call: String
        /// Five characters (PostgreSQL documentation, appendix A); empty for what libpq itself says.
        package let state: String
        package let message: String
        /// Nil where no statement was involved.
        package let sql: String?
        /// Whether the connection is of no use any more.
        package let isConnectionLost: Bool
        /// The server, as "name:port"; empty where that is not known.
        package let host: String

        package init(
            call: String, state: String = "", message: String, sql: String? = nil,
            isConnectionLost: Bool = false, host: String = ""
        ) {
            self.host = host
            self.call = call
            self.state = state
            self.message = message
            self.sql = sql
            self.isConnectionLost = isConnectionLost
        }

        /// The transaction has to be run again: two changed the same at once, or waited for each other.
        package var isConflict: Bool { state == "40001" || state == "40P01" }
        /// A unique index holds the value already.
        package var isUniqueViolation: Bool { state == "23505" }
        /// A row names another one that is not there.
        package var isMissingReference: Bool { state == "23503" }
        /// "Transaction resolution unknown".
        static let unknownOutcome = "08007"
        /// Nobody knows whether the transaction was committed.
        package var isOutcomeUnknown: Bool { state == PostgreSQLError.unknownOutcome }
        /// The server has as many connections as it takes: "too many clients already", "too many connections for role …" (libpq
        /// does not tell the state of what it could not connect to).
        package var isCrowded: Bool {
            state == "53300" || message.contains("too many c")
                || message.contains("remaining connection slots")
        }
        /// The host may be read only.
        var isStandby: Bool { message.contains("read-only") || message.contains("hot standby") }

        /// The same, where it was a commit that the connection was lost with.
        var ofCommit: PostgreSQLError {
            PostgreSQLError(
                call: call, state: PostgreSQLError.unknownOutcome,
                message: state.isEmpty ? message : "\(message) (\(state))", sql: "COMMIT",
                isConnectionLost: isConnectionLost, host: host)
        }

        /// The server cannot be used for now: it stops, starts, is a standby, has too many connections, or a lock was not
        /// given in time.
        package var isUnavailable: Bool {
            isConnectionLost || state.hasPrefix("08") || state.hasPrefix("57P") || state == "25006"
                || state == "53300" || state == "55P03" || state == "57014"
        }
        /// It is the server or the way to it that does not work, rather than one statement that takes too long.
        package var isOutage: Bool { isUnavailable && state != "55P03" && state != "57014" || isFull }
        /// The server's disk is full.
        package var isFull: Bool { state == "53100" }
    }

    extension PostgreSQLError: CustomStringConvertible {
        package var description: String {
            "\(call): \(message)" + (state.isEmpty ? "" : " (\(state))") + (sql.map { " in: \($0)" } ?? "")
        }
    }
#endif
