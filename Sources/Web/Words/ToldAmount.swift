import Expenses
import HTTP
import Templating

/// What was typed as an amount, where the page after the form tells how it was read; it travels in that page's address.
struct ToldAmount: Sendable {
    private let typed: String

    /// Nil where the amount is what was typed, and where it cannot be read.
    init?(_ typed: String, _ preferences: Preferences) {
        guard (try? EnteredAmount(typed, preferences))?.reading != nil else { return nil }
        self.typed = typed
    }

    /// Of an address.
    init?(_ fields: FormData) {
        guard let typed = fields["typed"] else { return nil }
        self.typed = typed
    }

    /// For the end of an address.
    var urlEncoded: String { "&typed=\(PercentEncoding.encodeQueryComponent(typed))" }

    /// "12.50 + 3.20 = $15.70." The address may say anything: only what gives one of these amounts is told.
    func reading(of amounts: [Money], _ wording: Wording) -> Message? {
        guard let entered = try? EnteredAmount(typed, wording.preferences),
            let saved = amounts.first(where: { $0.magnitude == entered.amount.magnitude })
        else { return nil }
        let amount = wording.money(saved)
        switch entered.reading {
        case .calculated(let text): return Message(verbatim: "\(text) = \(amount).")
        case .grouped:
            return Message(
                "“{typed}” was read as {amount}.", ["typed": AccountRules.trimmed(typed), "amount": amount])
        case nil: return nil
        }
    }
}
