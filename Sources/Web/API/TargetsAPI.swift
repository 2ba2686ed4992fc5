import Expenses
import HTTP
import JSON
import Storage
import Templating

/// What is meant to be spent in a month, for scripts.
struct TargetsAPI: Sendable {
    private let storage: Storage

    init(_ services: Services) {
        storage = services.storage
    }

    /// GET /api/v1/targets: those of `month`, this one by default.
    func index(_ visit: APIVisit) throws -> Response {
        let month = visit.request.query["month"] ?? ""
        guard let shown = month.isEmpty ? visit.month : YearMonth(month) else {
            throw Problem.invalid("month", "This is a month as 2026-11, from 1900 to 2999.")
        }
        return .json(.ok, try body(visit, shown) { _ in true })
    }

    /// PUT /api/v1/targets
    func set(_ visit: APIVisit) async throws -> Response {
        // A page's form may leave it empty for this month; a script leaves it out.
        guard visit.body["month"]?.isEmpty != true else {
            throw Problem.invalid("month", "This is a month as 2026-11, from 1900 to 2999.")
        }
        let form = TargetForm(visit.body)
        let user = visit.user
        let categories = try visit.read { try $0.categories.all(of: user.id) }
        let target: Target
        switch form.validated(
            user.preferences, among: categories, month: visit.month, amount: .decimal)
        {
        case .success(let valid): target = valid
        case .failure(let problems): throw Problem.invalid(problems)
        }
        try await storage.write(of: user.id) { try $0.targets.set(target, owner: user.id) }
        return .json(.ok, try body(visit, target.month) { _ in true })
    }

    private func body(
        _ visit: APIVisit, _ month: YearMonth, _ isShown: (Target) -> Bool
    ) throws -> [UInt8] {
        let (owner, months) = (visit.user.id, visit.user.preferences.months)
        let (targets, summary) = try storage.read { stores in
            (
                Targets(try stores.targets.all(of: owner)),
                try stores.totals.summary(
                    of: owner, matching: Filter(months.days(of: month), of: months))
            )
        }
        let currency = visit.user.preferences.currency
        var body = Array(#"{"items":["#.utf8)
        for (index, target) in targets.inForce(in: month).filter(isShown).enumerated() {
            let spent =
                target.category.map { summary.total(of: $0)?.amount ?? .zero } ?? summary.total.amount
            let progress = TargetProgress(target, spent: spent, in: month, of: months, today: visit.today)
            if index > 0 { body.append(UInt8(ascii: ",")) }
            JSONWriter.appendName("category", after: "{", to: &body)
            if let category = target.category {
                JSONWriter.append(category.description, to: &body)
            } else {
                body += "null".utf8
            }
            JSONWriter.append("amount", target.amount.decimal(in: currency), to: &body)
            JSONWriter.append("month", target.month.description, to: &body)
            JSONWriter.append("spent", spent.decimal(in: currency), to: &body)
            JSONWriter.append("left", progress.left.decimal(in: currency), to: &body)
            body.append(UInt8(ascii: "}"))
        }
        body += "]}".utf8
        return body
    }
}
