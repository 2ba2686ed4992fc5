import Crypto
import Expenses
import HTTP
import Storage
import Templating

/// Switches two-factor log-in on and off, and makes recovery codes.
struct TwoFactorController: Sendable {
    static let path = "/account/two-factor"
    /// Carries new recovery codes to the page that shows them, once.
    private let cookie: String
    /// Seconds that the page may take to come.
    private static let cookieLifetime = 60

    private let services: Services

    init(_ services: Services) {
        self.services = services
        cookie = services.configuration.cookieNames.name("new_recovery_codes", path: Self.path)
    }

    /// GET /account/two-factor
    func show(_ visit: UserVisit) throws -> Response {
        let carried = visit.request.cookie(cookie) ?? ""
        let codes = carried.split(separator: ".").prefix(RecoveryCode.count).map(String.init)
        // A sibling domain can plant a cookie of this name, with codes of somebody else.
        let areOwn = try visit.read { stores in
            try codes.allSatisfy {
                try stores.twoFactors.hasRecoveryCode(hash: RecoveryCode.hash($0), owner: visit.user.id)
            }
        }
        var response = try page(.ok, visit) { page in
            guard areOwn else { return }
            page.newCodes = codes.map { RecoveryCodeLine(code: $0.inFours(separatedBy: "-")) }
        }
        if !carried.isEmpty { setCookie("", maxAge: 0, on: &response, visit) }
        return response
    }

    /// POST /account/two-factor: switches it on, where the app shows the code of the new secret.
    func switchOn(_ visit: UserVisit) async throws -> Response {
        let form = try visit.request.form()
        guard let setup = TwoFactorSetup(sealed: form["setup"] ?? "", by: services.seal),
            setup.owner == visit.user.id
        else { return .seeOther(Self.path) }
        let typed = form["code"] ?? ""
        var step: Int64?
        var problem =
            AccountRules.trimmed(typed).isEmpty
            ? CodeRefusal.missing.sentence : Message("The code has 6 digits.")
        if case .app(let digits) = TypedCode(typed) {
            step = TOTP.step(of: digits, secret: setup.secret, at: visit.now)
            problem = Message(
                "This is not the code for the key below. Type the one that your app shows now, and check that the phone’s clock is right."
            )
        }
        guard let step else {
            return try page(.unprocessableContent, visit, setup, typed: typed, ["code": problem])
        }
        let codes = (0..<RecoveryCode.count).map { _ in RecoveryCode.make() }
        let (owner, now) = (visit.user.id, visit.now)
        let isNew = try await services.storage.write(of: owner) {
            try $0.twoFactors.insert(
                secret: setup.secret, usedStep: step, recoveryHashes: codes.map(RecoveryCode.hash),
                owner: owner, at: now)
        }
        // Switched on in another tab: that one has shown the codes.
        return isNew ? showing(codes, visit) : .seeOther(Self.path)
    }

    /// POST /account/two-factor/off
    func switchOff(_ visit: UserVisit) async throws -> Response {
        let owner = visit.user.id
        // Pressed twice: what was wanted is done.
        guard try isOn(visit) else { return .seeOther(Self.path) }
        let typed = try visit.request.form()["code"] ?? ""
        if let refusal = try await services.refusal(ofCode: typed, of: visit.user, visit.visit) {
            return refusal.response(
                try page(refusal.status, visit, typed: typed, ["off-code": refusal.sentence]))
        }
        _ = try await services.storage.write(of: owner) { try $0.twoFactors.remove(owner) }
        return .seeOther("/account?notice=\(AccountNotice.twoFactorOff.rawValue)")
    }

    /// POST /account/two-factor/recovery-codes
    func renewCodes(_ visit: UserVisit) async throws -> Response {
        guard try isOn(visit) else { return .seeOther(Self.path) }
        let typed = try visit.request.form()["code"] ?? ""
        if let refusal = try await services.refusal(ofCode: typed, of: visit.user, visit.visit) {
            return refusal.response(
                try page(refusal.status, visit, typed: typed, ["new-codes-code": refusal.sentence]))
        }
        let codes = (0..<RecoveryCode.count).map { _ in RecoveryCode.make() }
        let owner = visit.user.id
        try await services.storage.write(of: owner) {
            try $0.twoFactors.replaceRecoveryCodes(by: codes.map(RecoveryCode.hash), of: owner)
        }
        return showing(codes, visit)
    }

    /// POST /account/two-factor/seen: the user has read of wrong codes.
    func dismiss(_ visit: UserVisit) async throws -> Response {
        let owner = visit.user.id
        try await services.storage.write(of: owner) { try $0.twoFactors.forgetWrongCodes(of: owner) }
        return .seeOther(visit.request.referrer?.hasPrefix("/account") == true ? "/account" : "/expenses")
    }

    private func isOn(_ visit: UserVisit) throws -> Bool {
        try visit.read { try $0.twoFactors.find(visit.user.id) } != nil
    }

    private func showing(_ codes: [String], _ visit: UserVisit) -> Response {
        var response = Response.seeOther(Self.path)
        setCookie(codes.joined(separator: "."), maxAge: Self.cookieLifetime, on: &response, visit)
        return response
    }

    /// `setup` is shown again where it is not new.
    private func page(
        _ status: Status, _ visit: UserVisit, _ setup: TwoFactorSetup? = nil, typed: String = "",
        _ problems: FormProblems = [:], _ complete: (inout TwoFactorPage) -> Void = { _ in }
    ) throws -> Response {
        var page = TwoFactorPage(
            frame: visit.frame(Message("Two-factor log-in"), section: .account),
            form: services.seal.stamp(for: visit.user.id, at: visit.now), typed: typed, problems: problems)
        if let twoFactor = try visit.read({ try $0.twoFactors.find(visit.user.id) }) {
            let zone = Zone(identifier: visit.preferences.zone) ?? .system
            page.since = ShownDate(day: zone.day(at: twoFactor.since))
            page.codesLeft = Message(
                "You have {count} recovery code left.", plural: "You have {count} recovery codes left.",
                count: twoFactor.recoveryCodes, ["count": twoFactor.recoveryCodes])
        } else {
            page.setup = TwoFactorSetupForm(
                setup ?? TwoFactorSetup(for: visit.user.id), username: visit.user.username,
                form: page.form, sealedBy: services.seal, typed, problems)
        }
        complete(&page)
        return services.pages.response(status, services.pages.twoFactor, page)
    }

    private func setCookie(_ codes: String, maxAge: Int, on response: inout Response, _ visit: UserVisit) {
        response.setCookie(
            Cookie(
                name: cookie, value: codes, path: Self.path, maxAge: maxAge,
                secure: visit.visit.isSecure))
    }
}
