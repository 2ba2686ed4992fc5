import HTTP
import Web

/// One option with its environment variable, as the help shows it.
struct Setting: Sendable {
    /// Without the dashes: `access-token-lifetime`.
    let name: String
    let placeholder: String
    let summary: String
    /// May be given several times.
    var repeats = false
    /// The option without which this one means nothing.
    var needs: String?
    /// What the value has to be, for the error.
    let expectation: String
    /// Throws `Unusable` when the value is not what is expected.
    let set: @Sendable (inout Configuration, String) throws -> Void

    /// `name` is what the person has written: the option or the variable.
    func apply(_ value: String, named name: String, to configuration: inout Configuration) throws(UsageError)
    {
        do {
            guard !value.isEmpty else { throw Unusable() }
            try set(&configuration, value)
        } catch {
            throw UsageError("\(name): \"\(value)\" is not \(expectation)")
        }
    }

    static let variablePrefix = "EXPENSE_TRACKER_"

    var variable: String {
        Self.variablePrefix + name.uppercased().map { $0 == "-" ? "_" : String($0) }.joined()
    }
}

extension Setting {
    static let all: [Setting] = [
        Setting(
            name: "host", placeholder: "ADDRESS",
            summary: "address to listen on, or unix:PATH; [::] is both families; may repeat (127.0.0.1)",
            repeats: true, expectation: "an address, a name or unix:PATH"
        ) { configuration, value in
            let hosts = value.split { $0 == "," || $0 == " " }.map(String.init)
            guard !hosts.isEmpty else { throw Unusable() }
            configuration.hosts += hosts
        },
        .number(
            "port", "PORT", "port to listen on; 0 picks a free one (8080)", 0...65_535
        ) { $0.port = $1 },
        .path("database", "FILE", "the SQLite file, or a postgresql:// address (expenses.sqlite)") {
            $0.database = $1
        },
        .path("root", "FOLDER", "holds Templates/ and Public/ (the package's root)") { $0.root = $1 },
        .path("secret-file", "FILE", "the key that signs tokens (DATABASE.secret)") { $0.secretFile = $1 },
        .path("previous-secret-file", "FILE", "a former key that still verifies (none)") {
            $0.previousSecretFile = $1
        },
        .number(
            "access-token-lifetime", "SECONDS", "until a refresh is due (1800)", 1...315_360_000
        ) { $0.application.accessTokenLifetime = $1 },
        .number(
            "refresh-token-lifetime", "SECONDS", "until log-in is due (259200, three days)", 1...315_360_000
        ) { $0.application.refreshTokenLifetime = $1 },
        .choice("secure-cookies", "send cookies by https only (auto: as a trusted proxy says)") {
            $0.application.secureCookies = $1
        },
        Setting(
            name: "cookie-prefix", placeholder: "TEXT",
            summary: "put before the names of cookies, beside another program on the same host (none)",
            expectation: "up to 64 letters, digits, dots, underscores and hyphens, such as money_"
        ) { configuration, value in
            guard let names = CookieNames(prefix: value) else { throw Unusable() }
            configuration.application.cookieNames = names
        },
        Setting(
            name: "base-path", placeholder: "PATH",
            summary:
                "where the app stands on a shared host, such as /money (/)",
            expectation: "a path such as /money, of letters, digits, dots, hyphens, underscores and tildes"
        ) { configuration, value in
            guard let path = BasePath(value) else { throw Unusable() }
            configuration.application.basePath = path
        },
        Setting(
            name: "trusted-proxy", placeholder: "NETWORK",
            summary: "believe the Forwarded headers of this address or network; may repeat (none)",
            repeats: true, expectation: "an IP address, or a network such as 10.0.0.0/8"
        ) { configuration, value in
            let networks = value.split { $0 == "," || $0 == " " }.map { IPNetwork(String($0)) }
            guard !networks.isEmpty, !networks.contains(nil) else { throw Unusable() }
            configuration.application.trustedProxies += networks.compactMap(\.self)
        },
        Setting(
            name: "identity-header", placeholder: "NAME",
            summary: "believe the trusted proxy who is logged in, by this field, as Remote-User (none)",
            needs: "trusted-proxy", expectation: "the name of a header field"
        ) { configuration, value in
            guard value.utf8.count <= 100, value.utf8.allSatisfy(isPartOfName) else { throw Unusable() }
            configuration.application.identityHeader = value
        },
        Setting(
            name: "identity-logout", placeholder: "ADDRESS",
            summary: "where logging out leads, to log out of the proxy as well (the home page)",
            needs: "identity-header",
            expectation: "a path such as /oauth2/sign_out, or an address of http or https"
        ) { configuration, value in
            guard isAddress(value) else { throw Unusable() }
            configuration.application.identityLogout = value
        },
        .number(
            "threads", "N", "event loops (one per core)", 1...256
        ) { $0.threads = $1 },
        .choice("registration", "who may register; first: only while there is no user (open)") {
            $0.application.registration = $1
        },
        .choice("log-level", "how much goes to standard error (info)") { $0.logLevel = $1 },
        .choice("log-format", "json: one object a line (text)") { $0.logFormat = $1 },
        .path(
            "certificate", "FILE", "speak https with this certificate, in PEM (none)",
            needs: "certificate-key"
        ) {
            $0.certificate = $1
        },
        .path("certificate-key", "FILE", "its key, in PEM (none)", needs: "certificate") {
            $0.certificateKey = $1
        },
        .number(
            "metrics-port", "PORT", "OpenMetrics at /metrics on that port of 127.0.0.1 (none)", 0...65_535
        ) { $0.metricsPort = $1 },
        .path("backup-folder", "FOLDER", "make verified backups there while serving (none)") {
            $0.backupFolder = $1
        },
        Setting(
            name: "backup-every", placeholder: "TIME", summary: "how often, as in 12h, 30m or 7d (24h)",
            needs: "backup-folder",
            expectation: "a time such as 12h, 30m or 7d, at least 1m"
        ) { $0.backupEvery = try duration($1) },
        .number(
            "backup-keep", "N", "how many of them are kept (7)", 1...10_000, needs: "backup-folder"
        ) { $0.backupKeep = $1 },
        .number(
            "user-quota", "N", "expenses that a user may have, the bin included (1000000)", 1...1_000_000_000
        ) { $0.userQuota = $1 },
        .number(
            "database-connections", "N", "the most connections to a PostgreSQL server (40)", 6...500
        ) { $0.maxConnections = $1 },
    ]
}

private struct Unusable: Error {}

extension Setting {
    private static func path(
        _ name: String, _ placeholder: String, _ summary: String, needs: String? = nil,
        _ set: @escaping @Sendable (inout Configuration, String) -> Void
    ) -> Setting {
        Setting(
            name: name, placeholder: placeholder, summary: summary, needs: needs,
            expectation: "a \(placeholder.lowercased())'s name", set: set)
    }

    private static func number(
        _ name: String, _ placeholder: String, _ summary: String, _ range: ClosedRange<Int>,
        needs: String? = nil, _ set: @escaping @Sendable (inout Configuration, Int) -> Void
    ) -> Setting {
        let kind = placeholder == "SECONDS" ? "a number of seconds" : "a number"
        return Setting(
            name: name, placeholder: placeholder, summary: summary, needs: needs,
            expectation: "\(kind) from \(range.lowerBound) to \(range.upperBound)"
        ) { set(&$0, try ExpenseTracker.number($1, range)) }
    }

    private static func choice<Choice: RawRepresentable<String> & CaseIterable & SendableMetatype>(
        _ name: String, _ summary: String,
        _ set: @escaping @Sendable (inout Configuration, Choice) -> Void
    ) -> Setting {
        let words = Choice.allCases.map(\.rawValue)
        return Setting(
            name: name, placeholder: words.joined(separator: "|"), summary: summary,
            expectation: words.dropLast().joined(separator: ", ") + " or " + (words.last ?? "")
        ) { configuration, word in
            guard let choice = Choice(rawValue: word) else { throw Unusable() }
            set(&configuration, choice)
        }
    }
}

/// A letter, a digit or a hyphen: names of fields have no other signs.
private func isPartOfName(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"):
        true
    default: false
    }
}

/// A path on this site, or an address of http or https, without anything that would have to be quoted.
private func isAddress(_ text: String) -> Bool {
    let isElsewhere = ["http://", "https://"].contains {
        text.hasPrefix($0) && text.utf8.count > $0.utf8.count
    }
    return (isElsewhere || (text.hasPrefix("/") && !text.hasPrefix("//"))) && text.utf8.count <= 2000
        && text.utf8.allSatisfy { (0x21...0x7E).contains($0) && !"\"'<>\\;,".utf8.contains($0) }
}

private func number(_ text: String, _ range: ClosedRange<Int>) throws -> Int {
    guard text.utf8.allSatisfy({ $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }), let value = Int(text),
        range.contains(value)
    else { throw Unusable() }
    return value
}

/// A minute to a year.
private func duration(_ text: String) throws -> Duration {
    let units = ["m": 60, "h": 3600, "d": 86_400]
    guard let unit = units[String(text.suffix(1))] else { throw Unusable() }
    let seconds = try number(String(text.dropLast()), 1...525_600) * unit
    guard seconds <= 366 * 86_400 else { throw Unusable() }
    return .seconds(seconds)
}
