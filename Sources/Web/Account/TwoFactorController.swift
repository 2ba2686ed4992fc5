import Crypto
import Expenses
import HTTP
import Storage
import Templating

/// Switches two-factor log-in on and off, and makes recovery codes.
struct TwoFactorController: Sendable {
    static let path = "/account/two-factor"

    private let services: Services
    /// Has new recovery codes.
    private let cookie: OneTimeCookie

    init(_ services: Services) {
        self.services = services
        cookie = OneTimeCookie("new_recovery_codes", to: Self.path, services)
    }

    /// GET /account/two-factor
    func show(_ visit: UserVisit) throws -> Response {
        let codes = cookie.value(visit).split(separator: ".").prefix(RecoveryCode.count).map(String.init)
        // They may be codes of somebody else.
        let areOwn = try visit.read { stores in
            try codes.allSatisfy {
                try stores.twoFactors.hasRecoveryCode(hash: RecoveryCode.hash($0), owner: visit.user.id)
            }
        }
        var response = try page(.ok, visit) { page in
            guard areOwn else { return }
            page.newCodes = codes.map { RecoveryCodeLine(code: $0.inFours(separatedBy: "-")) }
        }
        cookie.end(on: &response, visit)
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
            ? SecretRefusal.noCode.sentence : Message("The code has 6 digits.")
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
        cookie.redirect(carrying: codes.joined(separator: "."), visit)
    }

    /// `setup` is shown again where it is not new.
    private func page(
        _ status: Status, _ visit: UserVisit, _ setup: TwoFactorSetup? = nil, typed: String = "",
        _ problems: FormProblems = [:], _ complete: (inout TwoFactorPage) -> Void = { _ in }
    ) throws -> Response {
        var page = TwoFactorPage(
            frame: visit.frame(Message("Two-factor log-in"), section: .account),
            form: services.stamp(visit), typed: typed, problems: problems)
        if let twoFactor = try visit.read({ try $0.twoFactors.find(visit.user.id) }) {
            let zone = visit.zone
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
}
