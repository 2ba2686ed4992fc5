package import Expenses
package import HTTP
import Storage
import Templating

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
    func description(for user: User?, in stores: Stores?) throws -> Message {
        let path = target.prefix { $0 != "?" }.split(separator: "/").map(String.init)
        switch path.first {
        case "expenses": return try expenseDescription(path, user, stores)
        case "tags": return tagDescription(path)
        case "categories": return try categoryDescription(path, user, stores)
        case "repeating": return repeatingDescription(path, user)
        case "account" where path.last == "tokens": return Message("Make an API token")
        case "account" where path.last == "revoke": return Message("Revoke an API token")
        case "account" where path.count == 2: return Message("Save your settings")
        case "account" where path.last == "end-others": return Message("Log out all other devices")
        case "account" where path.last == "end": return Message("Log out a device")
        default: return Message("Finish what you sent")
        }
    }

    /// What the button says that finishes it.
    var button: Message {
        switch target.prefix(while: { $0 != "?" }).split(separator: "/").last {
        case "delete": Message("Delete")
        case "restore": Message("Restore")
        case "undo": Message("Undo")
        case "remove": Message("Remove")
        case "revoke": Message("Revoke")
        case "pause": Message("Pause")
        case "resume": Message("Resume")
        case "skip": Message("Skip")
        case "end", "end-others": Message("Log out")
        default: Message("Save")
        }
    }

    private func repeatingDescription(_ path: [String], _ user: User?) -> Message {
        switch path.count == 3 ? path[2] : "" {
        case "pause": Message("Pause a repeating expense")
        case "resume": Message("Resume a repeating expense")
        case "skip": Message("Skip a repeating expense once")
        case "delete": Message("Delete a repeating expense")
        case "restore": Message("Restore a repeating expense")
        default:
            typedExpense(user).map { Message("Save the repeating expense {expense}", ["expense": $0]) }
                ?? Message("Save a repeating expense")
        }
    }

    private func expenseDescription(_ path: [String], _ user: User?, _ stores: Stores?) throws -> Message {
        guard path.count > 1 else {
            return typedExpense(user).map { Message("Save {expense}", ["expense": $0]) }
                ?? Message("Save an expense")
        }
        switch (path[1], path.last) {
        case ("import", "undo"): return Message("Take the import back")
        case ("import", _): return Message("Add the rows of the import")
        case ("selected", "undo"): return Message("Undo the last change of many expenses")
        case ("selected", _): return selectedDescription
        case ("samples", "remove"): return Message("Remove the sample expenses")
        case ("samples", _): return Message("Add sample expenses")
        default: break
        }
        switch path.count == 3 ? path[2] : "" {
        case "delete":
            return try storedExpense(path[1], user, stores).map {
                Message("Delete {expense}", ["expense": $0])
            }
                ?? Message("Delete an expense")
        case "restore":
            return try storedExpense(path[1], user, stores).map {
                Message("Restore {expense}", ["expense": $0])
            }
                ?? Message("Restore an expense")
        default:
            return typedExpense(user).map { Message("Save the changes to {expense}", ["expense": $0]) }
                ?? Message("Save the changes to an expense")
        }
    }

    /// "$12.40, Lunch", as far as it can be read; a form filled in wrongly is shown with what was typed. Nil where nothing
    /// was.
    private func typedExpense(_ user: User?) -> String? {
        let amount = AccountRules.trimmed(fields["amount"] ?? "")
        let description = AccountRules.trimmed(fields["description"] ?? "")
        let form = ExpenseForm(fields)
        var shown = form.isRefund && !amount.hasPrefix("-") && !amount.isEmpty ? "-" + amount : amount
        if let user, let entered = try? EnteredAmount(amount, user.preferences) {
            shown = form.signed(entered.amount).formatted(user.preferences)
        }
        let parts = [shown, description].filter { !$0.isEmpty }.map(Self.shortened)
        return parts.isEmpty ? nil : parts.joined(separator: ", ")
    }

    private func storedExpense(_ id: String, _ user: User?, _ stores: Stores?) throws -> String? {
        guard let user, let stores, let id = Expense.ID(id) else { return nil }
        let live = try stores.expenses.find(id, owner: user.id)
        guard let expense = try live ?? stores.bin.find(id, owner: user.id) else { return nil }
        let parts = [expense.amount.formatted(user.preferences), Self.shortened(expense.description)]
        return parts.filter { !$0.isEmpty }.joined(separator: ", ")
    }

    private var selectedDescription: Message {
        switch fields["action"] {
        case "move": Message("Move many expenses to another category")
        case "tag": Message("Add a tag to many expenses")
        case "untag": Message("Take a tag off many expenses")
        case "delete": Message("Delete many expenses")
        default: Message("Change many expenses")
        }
    }

    private func tagDescription(_ path: [String]) -> Message {
        path.last == "delete" ? Message("Take a tag off everywhere") : Message("Rename a tag")
    }

    private func categoryDescription(_ path: [String], _ user: User?, _ stores: Stores?) throws -> Message {
        var name = Self.shortened(AccountRules.trimmed(fields["name"] ?? ""))
        guard path.count > 1 else {
            return name.isEmpty
                ? Message("Add a category") : Message("Add the category {name}", ["name": name])
        }
        if name.isEmpty, let user, let stores, let id = Category.ID(path[1]),
            let category = try stores.categories.find(id, owner: user.id)
        {
            name = category.name
        }
        guard path.last == "delete" else {
            return name.isEmpty
                ? Message("Save a category") : Message("Save the category {name}", ["name": name])
        }
        guard !name.isEmpty else { return Message("Delete a category") }
        guard let user, let stores, let target = fields["move_to"].flatMap({ Category.ID($0) }),
            let other = try stores.categories.find(target, owner: user.id)
        else { return Message("Delete the category {name}", ["name": name]) }
        return Message(
            "Delete the category {name}, its expenses go to {other}", ["name": name, "other": other.name])
    }

    /// A sentence has no room for a whole story.
    private static func shortened(_ text: String) -> String {
        let line = text.split(whereSeparator: \.isNewline).joined(separator: " ")
        return line.count <= 80 ? line : line.prefix(79) + "…"
    }
}
