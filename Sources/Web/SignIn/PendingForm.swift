package import Expenses
package import HTTP
import Storage

/// A form that was sent when its user was no longer logged in, on its way through the browser until they are
/// again, so that nothing typed is lost. It is sealed, so it can only come back as it was sent, and to its
/// own user.
package struct PendingForm: Sendable, Equatable {
    package let owner: User.ID
    /// Where it was posted to: a path on this site.
    package let target: String
    package let fields: FormData

    /// Why a form is not carried along; its user has to fill it in again.
    package enum Refusal: Error, Equatable {
        /// Passwords and codes are never written into a page.
        case password
        /// A file would be too much to send back and forth.
        case upload
        /// More than 64 KiB of text.
        case tooLong
        /// Posted to no path of this site, or nothing that a form sends.
        case unreadable
    }

    private static let longest = 64 * 1024

    package init(owner: User.ID, target: String, fields: FormData) {
        self.owner = owner
        self.target = target
        self.fields = fields
    }

    /// `form` is the one-time id that it gets where the page did not give it one, so that a double click on
    /// the prompt still does it once.
    package init(_ request: Request, owner: User.ID, form: @autoclosure () -> String) throws(Refusal) {
        let type = request.headers["Content-Type"] ?? ""
        guard !type.lowercased().hasPrefix("multipart/") else { throw .upload }
        guard request.body.count <= Self.longest else { throw .tooLong }
        guard var fields = try? request.form(), let target = LocalPath.check(request.target) else {
            throw .unreadable
        }
        guard !target.hasPrefix(TwoFactorController.path),
            !fields.fields.contains(where: { $0.name.lowercased().contains("password") })
        else {
            throw .password
        }
        if fields["form"] == nil { fields.append("form", form()) }
        self.init(owner: owner, target: target, fields: fields)
    }

    /// The value of the hidden field `pending`.
    package func sealed(by seal: Seal) -> String {
        var content = FormData([("owner", String(owner.rawValue)), ("target", target)])
        content.fields += fields.fields
        return seal.seal(Array(content.urlEncoded.utf8), for: .pendingForm)
    }

    /// Nil for anything that `sealed(by:)` did not make.
    package init?(sealed text: String, by seal: Seal) {
        guard let bytes = seal.open(text, for: .pendingForm) else { return nil }
        let content = FormData(urlEncoded: bytes).fields
        guard content.count >= 2, let owner = User.ID(content[0].value) else { return nil }
        self.owner = owner
        target = content[1].value
        fields = FormData(content.dropFirst(2).map { ($0.name, $0.value) })
    }

    /// The request as it would have been with a token that has not expired.
    var request: Request {
        Request(
            method: .post, target: target,
            headers: ["Content-Type": "application/x-www-form-urlencoded"],
            body: Array(fields.urlEncoded.utf8))
    }
}

/// What a pending form is about, in words for the person who sent it.
extension PendingForm {
    /// "Save $12.40, Lunch". `user` is its owner where they have shown who they are, with `stores` to look up
    /// what the form only names by number; without them, the words are those of the form alone.
    func description(for user: User?, in stores: Stores?) throws -> String {
        let path = target.prefix { $0 != "?" }.split(separator: "/").map(String.init)
        switch path.first {
        case "expenses": return try expenseDescription(path, user, stores)
        case "categories": return try categoryDescription(path, user, stores)
        case "account" where path.last == "tokens": return "Make an API token"
        case "account" where path.last == "revoke": return "Revoke an API token"
        case "account" where path.count == 2: return "Save your settings"
        case "account" where path.last == "end-others": return "Log out all other devices"
        case "account" where path.last == "end": return "Log out a device"
        default: return "Finish what you sent"
        }
    }

    /// What the button says that finishes it.
    var button: String {
        switch target.prefix(while: { $0 != "?" }).split(separator: "/").last {
        case "delete": "Delete"
        case "restore": "Restore"
        case "undo": "Undo"
        case "remove": "Remove"
        case "revoke": "Revoke"
        case "end", "end-others": "Log out"
        default: "Save"
        }
    }

    private func expenseDescription(_ path: [String], _ user: User?, _ stores: Stores?) throws -> String {
        let typed = typedExpense(user)
        guard path.count > 1 else { return "Save \(typed)" }
        guard path[1] != "import" else {
            return path.last == "undo" ? "Take the import back" : "Add the rows of the import"
        }
        guard path[1] != "samples" else {
            return path.last == "remove" ? "Remove the sample expenses" : "Add sample expenses"
        }
        switch path.count == 3 ? path[2] : "" {
        case "delete": return "Delete \(try storedExpense(path[1], user, stores))"
        case "restore": return "Restore \(try storedExpense(path[1], user, stores))"
        default: return "Save the changes to \(typed)"
        }
    }

    /// "$12.40, Lunch", as far as it can be read; a form filled in wrongly is shown with what was typed.
    private func typedExpense(_ user: User?) -> String {
        let amount = AccountRules.trimmed(fields["amount"] ?? "")
        let description = AccountRules.trimmed(fields["description"] ?? "")
        let form = ExpenseForm(fields)
        var shown = form.isRefund && !amount.hasPrefix("-") && !amount.isEmpty ? "-" + amount : amount
        if let user, let money = try? Money(typed: amount, in: user.preferences.currency) {
            shown = form.signed(money).formatted(user.preferences)
        }
        let parts = [shown, description].filter { !$0.isEmpty }.map(Self.shortened)
        return parts.isEmpty ? "an expense" : parts.joined(separator: ", ")
    }

    private func storedExpense(_ id: String, _ user: User?, _ stores: Stores?) throws -> String {
        guard let user, let stores, let id = Expense.ID(id) else { return "an expense" }
        let live = try stores.expenses.find(id, owner: user.id)
        guard let expense = try live ?? stores.bin.find(id, owner: user.id) else {
            return "an expense"
        }
        let parts = [expense.amount.formatted(user.preferences), Self.shortened(expense.description)]
        return parts.filter { !$0.isEmpty }.joined(separator: ", ")
    }

    private func categoryDescription(_ path: [String], _ user: User?, _ stores: Stores?) throws -> String {
        let typed = Self.shortened(AccountRules.trimmed(fields["name"] ?? ""))
        var name = typed.isEmpty ? "a category" : "the category \(typed)"
        guard path.count > 1 else { return "Add \(name)" }
        if typed.isEmpty, let user, let stores, let id = Category.ID(path[1]),
            let category = try stores.categories.find(id, owner: user.id)
        {
            name = "the category \(category.name)"
        }
        guard path.last == "delete" else { return "Save \(name)" }
        guard let user, let stores, let target = fields["move_to"].flatMap({ Category.ID($0) }),
            let other = try stores.categories.find(target, owner: user.id)
        else { return "Delete \(name)" }
        return "Delete \(name), its expenses go to \(other.name)"
    }

    /// A sentence has no room for a whole story.
    private static func shortened(_ text: String) -> String {
        let line = text.split(whereSeparator: \.isNewline).joined(separator: " ")
        return line.count <= 80 ? line : line.prefix(79) + "…"
    }
}
