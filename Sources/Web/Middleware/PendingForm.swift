package import Expenses
package import HTTP

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
        /// Passwords are never written into a page.
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
        guard !fields.fields.contains(where: { $0.name.lowercased().contains("password") }) else {
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
