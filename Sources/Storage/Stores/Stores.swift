import SQL

/// The stores of one connection, valid inside one `Storage.read` or `Storage.write` only. Inside a read they refuse
/// every change.
package struct Stores {
    let connection: Connection

    /// The most expenses that one user may have, those in the bin included. A read adds none.
    private let userQuota: Int
    private let limits: StepLimits?

    init(_ connection: Connection, userQuota: Int = .max, limits: StepLimits? = nil) {
        self.connection = connection
        self.userQuota = userQuota
        self.limits = limits
    }

    /// Has a server find, all at once, what `body` reads, where nothing is found; whoever reads the same afterwards finds it
    /// without waiting once more. A file is read when it is read.
    package func announce(_ body: (Stores) throws -> Void) { connection.announce { try body(self) } }

    package var users: UserStore { UserStore(connection: connection, limits: limits) }
    package var sessions: SessionStore { SessionStore(connection: connection) }
    package var categories: CategoryStore { CategoryStore(connection: connection, limits: limits) }
    package var twoFactors: TwoFactorStore { TwoFactorStore(connection: connection) }
    package var apiTokens: APITokenStore { APITokenStore(connection: connection) }
    package var idempotency: IdempotencyStore { IdempotencyStore(connection: connection) }
    package var sweep: SweepStore { SweepStore(connection: connection) }
    package var longWrites: LongWriteStore {
        LongWriteStore(connection: connection, limits: limits, userQuota: userQuota)
    }
    package var loginThrottles: LoginThrottleStore { LoginThrottleStore(connection: connection) }
    package var answeredForms: AnsweredFormStore { AnsweredFormStore(connection: connection) }
    package var overview: OverviewStore { OverviewStore(connection: connection) }
    package var list: ListStore { ListStore(connection: connection) }
    package var totals: TotalStore { TotalStore(connection: connection) }
    package var descriptions: DescriptionStore { DescriptionStore(connection: connection) }
    package var bin: BinStore { BinStore(connection: connection) }
    package var samples: SampleStore { SampleStore(connection: connection, expenses: expenses) }
    package var targets: TargetStore { TargetStore(connection: connection) }
    package var months: MonthStore { MonthStore(connection: connection, limits: limits) }
    package var amounts: AmountStore { AmountStore(connection: connection) }
    package var rules: RuleStore { RuleStore(connection: connection) }
    package var tags: TagStore { TagStore(connection: connection) }
    package var bulk: BulkStore { BulkStore(connection: connection, limits: limits) }
    package var repeating: RepeatingStore {
        RepeatingStore(connection: connection, userQuota: userQuota, limits: limits)
    }
    package var imports: ImportStore {
        ImportStore(connection: connection, userQuota: userQuota, limits: limits)
    }
    package var expenses: ExpenseStore { ExpenseStore(connection: connection, userQuota: userQuota) }
}
