import Expenses
import HTTP
import Storage
import Templating

/// What the user means to spend in a month, for each category and for all.
struct TargetsController: Sendable {
    let services: Services

    /// GET /targets: those of `month`, this one by default; `category` and `amount` fill in the form.
    func index(_ visit: UserVisit) throws -> Response {
        let query = visit.request.query
        let month = query["month"].flatMap { YearMonth($0) } ?? visit.month
        var form = TargetForm(query)
        form.month = month.description
        return try page(.ok, visit, month, form) { contents in
            if query["removed"] != nil { return [Notice(text: Message("Removed the target."))] }
            guard query["saved"] != nil else { return [] }
            var notice = Notice(text: Message("Saved the target."))
            let wording = visit.wording
            let amounts = contents.targets.inForce(in: month).map(\.amount)
            notice.more = ToldAmount(query)?.reading(of: amounts, wording) ?? .empty
            return [notice]
        }
    }

    /// POST /targets
    func set(_ visit: UserVisit) async throws -> Response {
        let form = TargetForm(try visit.request.form())
        let owner = visit.user.id
        let categories = try visit.read { try $0.categories.all(of: owner) }
        switch form.validated(visit.preferences, among: categories, month: visit.month) {
        case .failure(let problems):
            let month = YearMonth(form.month) ?? visit.month
            return try page(.unprocessableContent, visit, month, form, problems)
        case .success(let target):
            try await services.storage.write(of: owner) { try $0.targets.set(target, owner: owner) }
            let said = target.amount == .zero ? "removed" : "saved"
            let told = ToldAmount(form.amount, visit.preferences)?.urlEncoded ?? ""
            return .seeOther("/targets?month=\(target.month)&\(said)=1\(told)")
        }
    }

    private func page(
        _ status: Status, _ visit: UserVisit, _ month: YearMonth, _ form: TargetForm,
        _ problems: FormProblems = [:], notices: (TargetsPage.Contents) -> [Notice] = { _ in [] }
    ) throws -> Response {
        let contents = try visit.read { try TargetsController.contents(of: visit, month, from: $0) }
        var page = TargetsPage(
            contents, visit, month: month, stamp: services.stamp(visit), form
        )
        page.frame.notices += notices(contents)
        (page.fields.problems, page.problems) = (problems, problems)
        return services.pages.response(status, services.pages.targets, page)
    }

    private static func contents(
        of visit: UserVisit, _ month: YearMonth, from stores: Stores
    ) throws -> TargetsPage.Contents {
        let owner = visit.user.id
        let months = visit.preferences.months
        let last = visit.month.advanced(by: -1)
        let first = last.advanced(by: 1 - TargetsPage.averagedMonths)
        return TargetsPage.Contents(
            categories: try stores.categories.all(of: owner),
            targets: Targets(try stores.targets.all(of: owner)),
            spent: try stores.totals.summary(
                of: owner, matching: Filter(months.days(of: month), of: months)),
            before: try stores.totals.summary(
                of: owner, matching: Filter(months.first(of: first)...months.last(of: last), of: months)))
    }
}
