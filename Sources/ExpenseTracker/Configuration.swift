import Web

/// Everything that can be set from outside, with its default.
struct Configuration: Sendable {
    /// Empty: 127.0.0.1.
    var hosts: [String] = []
    /// 0 picks a free one.
    var port = 8080
    var database = "expenses.sqlite"
    /// The folder that holds Templates/ and Public/; nil: found from where the executable lies.
    var root: String?
    /// Nil means the database's name with `.secret` behind it.
    var secretFile: String?
    var previousSecretFile: String?
    /// Event loops; nil means one per core.
    var threads: Int?
    var logLevel = Log.Level.info
    var logFormat = Log.Format.text
    /// Nil: no metrics.
    var metricsPort: Int?
    /// PEM; both or neither.
    var certificate: String?
    var certificateKey: String?
    /// Nil: no backups by themselves.
    var backupFolder: String?
    var backupEvery = Duration.seconds(24 * 3600)
    var backupKeep = 7
    /// Expenses that one user may have, the bin included.
    var userQuota = 1_000_000
    /// To a PostgreSQL server.
    var maxConnections = 40
    var application = Application.Configuration()

    /// Where Debian puts Bootstrap.
    var bootstrap: String { application.bootstrap }
}

extension Configuration {
    /// Reads the environment, then the options, which win. A variable that is set but empty counts as not set.
    init(options: [(name: String, value: String)], environment: [String: String]) throws(UsageError) {
        self.init()
        let variables = Set(Setting.all.map(\.variable))
        if let unknown = environment.keys.filter({ !variables.contains($0) }).min() {
            throw UsageError("\(unknown): there is no such variable; see expense-tracker help")
        }
        /// The text of each setting that is given.
        var given: [String: String] = [:]
        for setting in Setting.all where !options.contains(where: { $0.name == setting.name }) {
            guard let value = environment[setting.variable], !value.isEmpty else { continue }
            try setting.apply(value, named: setting.variable, to: &self)
            given[setting.name] = setting.variable
        }
        for option in options {
            guard let setting = Setting.all.first(where: { $0.name == option.name }) else {
                throw UsageError("--\(option.name): there is no such option; see expense-tracker help")
            }
            try setting.apply(option.value, named: "--" + option.name, to: &self)
            given[setting.name] = "--" + option.name
        }
        for setting in Setting.all {
            guard let name = given[setting.name], let needed = setting.needs, given[needed] == nil else {
                continue
            }
            throw UsageError("\(name): --\(needed) is missing, without which it means nothing")
        }
        if application.basePath.isTaken {
            throw UsageError(
                "\(given["base-path"] ?? "--base-path"): the program has addresses of its own at "
                    + "\(application.basePath.text); take another word")
        }
        if application.cookieNames.areOfHost, !application.basePath.text.isEmpty {
            throw UsageError(
                "\(given["cookie-prefix"] ?? "--cookie-prefix"): browsers take __Host- for cookies of a whole host alone; "
                    + "with --base-path, begin it with __Secure-")
        }
        if application.cookieNames.needSecure, application.secureCookies != .always {
            throw UsageError(
                "\(given["cookie-prefix"] ?? "--cookie-prefix"): with __Host- or __Secure-, browsers take cookies by https "
                    + "alone; give --secure-cookies always as well")
        }
    }
}
