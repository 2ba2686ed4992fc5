import Expenses
import HTTP
import Storage
import Templating

/// The account of the user who is logged in: password, devices, and its end.
struct AccountController: Sendable {
    let services: Services

    func show(_ visit: UserVisit) throws -> Response {
        let notice = visit.request.query["notice"].flatMap(AccountNotice.init(rawValue:))
        let sessions = try visit.read { try $0.sessions.all(of: visit.user.id, at: visit.now) }
        let rows = sessions.map { SessionRow($0, of: visit) }
        let form = services.stamp(visit)
        let notices = try (notice.map { [$0.notice] } ?? []) + WrongCodesNotice.all(visit, form: form)
        let page = AccountPage(
            frame: visit.frame(Message("Account"), section: .account, notices: notices),
            username: visit.user.username, email: visit.user.email, form: form,
            sessions: rows.filter(\.isThis) + rows.filter { !$0.isThis })
        return services.pages.response(.ok, services.pages.account, page)
    }

    func showPassword(_ visit: UserVisit) -> Response {
        passwordPage(.ok, visit)
    }

    /// The new password ends every session; this browser gets a new one.
    func changePassword(_ visit: UserVisit) async throws -> Response {
        let form = try visit.request.form()
        let current = form["current_password"] ?? ""
        let new = form["new_password"] ?? ""
        let weakness = PasswordRules.problem(
            with: new, username: visit.user.username, email: visit.user.email)
        var problems: FormProblems = [
            "current-password": current.isEmpty ? Message("Type your current password.") : nil,
            "new-password": weakness?.message
                ?? (new == current ? Message("This is the password that you have already.") : nil),
        ]
        guard !current.isEmpty else { return passwordPage(.unprocessableContent, visit, problems) }
        switch try await services.confirm(current, visit) {
        case .failure(let refusal):
            problems = ["current-password": refusal.sentence, "new-password": problems["new-password"]]
            return refusal.response(passwordPage(refusal.status, visit, problems))
        case .success(let credentials):
            guard problems.isEmpty else { return passwordPage(.unprocessableContent, visit, problems) }
            return try await change(credentials, to: new, visit)
        }
    }

    func endOtherSessions(_ visit: UserVisit) async throws -> Response {
        let (owner, this) = (visit.user.id, visit.session.id)
        try await services.storage.write(of: owner) { try $0.sessions.revokeAll(of: owner, except: this) }
        return .seeOther("/account?notice=others-ended")
    }

    /// Ends one session. Ending this one is logging out.
    func endSession(_ visit: UserVisit) async throws -> Response {
        guard let id = visit.visit.parameters["session"] else { throw AppError.notFound }
        let owner = visit.user.id
        let wasAlive = try await services.storage.write(of: owner) {
            try $0.sessions.revoke(id, owner: owner)
        }
        guard id != visit.session.id else {
            var response = Response.seeOther(services.configuration.identityLogout ?? "/")
            services.tokens.unsetCookies(on: &response, isSecure: visit.visit.isSecure)
            return response
        }
        // Pressed twice, or ended elsewhere a moment ago: what was wanted is done.
        return .seeOther(wasAlive ? "/account?notice=session-ended" : "/account")
    }

    func showDelete(_ visit: UserVisit) throws -> Response {
        try deletePage(.ok, visit)
    }

    /// Deletes the account with everything in it.
    func delete(_ visit: UserVisit) async throws -> Response {
        let password = try visit.request.form()["password"] ?? ""
        guard !password.isEmpty else {
            return try deletePage(
                .unprocessableContent, visit, ["password": Message("Type your password.")])
        }
        switch try await services.confirm(password, visit) {
        case .failure(let refusal):
            return refusal.response(try deletePage(refusal.status, visit, ["password": refusal.sentence]))
        case .success(let credentials):
            let id = credentials.user.id
            try await services.storage.writeAndGoOn(of: id) { try $0.users.remove(id) }
            var response = Response.seeOther(
                services.configuration.identityLogout ?? "/login?notice=account-deleted")
            services.tokens.unsetCookies(on: &response, isSecure: visit.visit.isSecure)
            return response
        }
    }

    private func change(
        _ credentials: Credentials, to password: String, _ visit: UserVisit
    ) async throws -> Response {
        let hash = try await services.passwords.hash(password, for: visit.user.id)
        let opened = try await services.sessions.start(
            for: credentials, on: Sessions.Device(visit.visit), replacing: visit.session, newHash: hash,
            endingOthers: true, usedTwoFactor: visit.session.usedTwoFactor, at: visit.now)
        // Changed from elsewhere at this very moment.
        guard let opened else { throw AppError.signInRequired }
        var response = Response.seeOther("/account?notice=password-changed")
        services.tokens.setCookies(opened.tokens, on: &response, isSecure: visit.visit.isSecure)
        return response
    }

    private func passwordPage(
        _ status: Status, _ visit: UserVisit, _ problems: FormProblems = [:]
    ) -> Response {
        let page = PasswordPage(
            frame: visit.frame(Message("Change password"), section: .account), username: visit.user.username,
            form: services.stamp(visit), problems: problems)
        return services.pages.response(status, services.pages.password, page)
    }

    private func deletePage(
        _ status: Status, _ visit: UserVisit, _ problems: FormProblems = [:]
    ) throws -> Response {
        let (expenses, categories) = try visit.read { stores in
            (
                try stores.totals.all(of: visit.user.id).total.count,
                try stores.categories.all(of: visit.user.id).count
            )
        }
        let page = DeleteAccountPage(
            frame: visit.frame(Message("Delete account"), section: .account), username: visit.user.username,
            form: services.stamp(visit), expenses: visit.wording.expenses(expenses),
            categories: Message(
                "{count} category", plural: "{count} categories", count: categories, ["count": categories]),
            problems: problems)
        return services.pages.response(status, services.pages.deleteAccount, page)
    }
}
