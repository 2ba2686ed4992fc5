import Expenses
import HTTP
import JSON
import Storage

/// What is meant to be spent in a month, for scripts.
struct TargetsAPI: Sendable {
    let services: Services

    /// GET /api/v1/targets: those of `month`, this one by default.
    func index(_ visit: APIVisit) throws -> Response {
        let month = visit.request.query["month"] ?? ""
        guard let shown = month.isEmpty ? visit.month : YearMonth(month) else {
            throw Problem.invalid("month", "This is a month as 2026-11, from 1900 to 2999.")
        }
        return .items(try items(visit, shown))
    }

    /// PUT /api/v1/targets
    func set(_ visit: APIVisit) async throws -> Response {
        // A page's form may leave it empty for this month; a script leaves it out.
        guard visit.body["month"]?.isEmpty != true else {
            throw Problem.invalid("month", "This is a month as 2026-11, from 1900 to 2999.")
        }
        let (form, user) = (TargetForm(visit.body), visit.user)
        let categories = try visit.read { try $0.categories.all(of: user.id) }
        let target = try form.validated(
            user.preferences, among: categories, month: visit.month, amount: .decimal
        ).get()
        try await services.storage.write(of: user.id) { try $0.targets.set(target, owner: user.id) }
        return .items(try items(visit, target.month))
    }

    private func items(_ visit: APIVisit, _ month: YearMonth) throws -> [JSONValue] {
        let (owner, months) = (visit.user.id, visit.user.preferences.months)
        let (targets, summary) = try services.storage.read { stores in
            (
                Targets(try stores.targets.all(of: owner)),
                try stores.totals.summary(
                    of: owner, matching: Filter(months.days(of: month), of: months))
            )
        }
        let currency = visit.user.preferences.currency
        return targets.inForce(in: month).map { target in
            let spent =
                target.category.map { summary.total(of: $0)?.amount ?? .zero } ?? summary.total.amount
            let progress = TargetProgress(target, spent: spent, in: month, of: months, today: visit.today)
            return [
                "category": target.category.map { .string($0.description) } ?? .null,
                "amount": .string(target.amount.decimal(in: currency)),
                "month": .string(target.month.description), "spent": .string(spent.decimal(in: currency)),
                "left": .string(progress.left.decimal(in: currency)),
            ]
        }
    }
}
