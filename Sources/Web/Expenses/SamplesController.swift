import Expenses
import HTTP
import Storage

/// Sample expenses for a new account, which one press takes away again.
struct SamplesController: Sendable {
    let services: Services

    /// POST /expenses/samples: for an account that has no expenses; another one stays as it is.
    func add(_ visit: UserVisit) async throws -> Response {
        let (owner, now, today, currency) = (
            visit.user.id, visit.now, visit.today, visit.preferences.currency
        )
        let translation = visit.visit.translation
        try await services.storage.write(of: owner) { stores in
            guard try stores.totals.months(of: owner) == nil else { return }
            let categories = try stores.categories.all(of: owner)
            try stores.samples.insert(
                SampleExpenses.drafts(
                    today: today, currency: currency, categories: categories, in: translation),
                owner: owner, at: now)
        }
        return .seeOther("/expenses")
    }

    /// POST /expenses/samples/remove
    func remove(_ visit: UserVisit) async throws -> Response {
        let owner = visit.user.id
        _ = try await services.storage.write(of: owner) { try $0.samples.removeAll(of: owner) }
        return .seeOther("/expenses")
    }
}
