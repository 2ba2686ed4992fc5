import Expenses
import HTTP
import Testing
import Web

struct PendingFormTests {
    private let seal = Seal(secret: Array(repeating: 7, count: 32))
    private let anna = User.ID(7)

    private func request(
        _ fields: [(name: String, value: String)], to target: String = "/expenses",
        type: String = "application/x-www-form-urlencoded"
    ) -> Request {
        Request(
            method: .post, target: target, headers: ["Content-Type": type],
            body: Array(FormData(fields).urlEncoded.utf8))
    }

    private func refusal(_ request: Request) -> PendingForm.Refusal? {
        do {
            _ = try PendingForm(request, owner: anna, form: "x")
            return nil
        } catch {
            return error
        }
    }

    @Test func `a form comes back as it was sent, with its user and address`() throws {
        let fields = [
            (name: "amount", value: "12,40"), (name: "description", value: "Lunch & <b>café</b>\r\n\u{0}=+%"),
            (name: "tag", value: "a"), (name: "tag", value: "b"), (name: "", value: ""),
            (name: "form", value: "1"),
        ]
        let pending = try PendingForm(request(fields, to: "/expenses/7?x=1"), owner: anna, form: "new")
        let returned = try #require(PendingForm(sealed: pending.sealed(by: seal), by: seal))
        #expect(returned == pending)
        #expect(returned.owner == anna)
        #expect(returned.target == "/expenses/7?x=1")
        #expect(returned.fields == FormData(fields))
    }

    @Test func `a form without a one-time id gets one, so that it is done once`() throws {
        let pending = try PendingForm(request([("amount", "1")]), owner: anna, form: "new")
        #expect(pending.fields["form"] == "new")
    }

    @Test func `fields that look like the envelope do not change it`() throws {
        let fields = [
            (name: "owner", value: "8"), (name: "target", value: "/account"), (name: "form", value: "1"),
        ]
        let pending = try PendingForm(request(fields), owner: anna, form: "new")
        let returned = try #require(PendingForm(sealed: pending.sealed(by: seal), by: seal))
        #expect(returned.owner == anna && returned.target == "/expenses")
        #expect(returned.fields == FormData(fields))
    }

    @Test(arguments: ["password", "new_password", "Password", "current-password"])
    func `passwords are never carried`(name: String) {
        #expect(refusal(request([("amount", "1"), (name: name, value: "secret")])) == .password)
    }

    @Test func `uploads and very long forms are not carried`() {
        #expect(refusal(request([], type: "multipart/form-data; boundary=x")) == .upload)
        #expect(refusal(request([("q", String(repeating: "a", count: 65_000))])) == nil)
        #expect(refusal(request([("q", String(repeating: "a", count: 66_000))])) == .tooLong)
        #expect(refusal(request([], type: "application/json")) == .unreadable)
        #expect(refusal(request([], to: "//evil.example")) == .unreadable)
    }

    @Test func `a text sealed for another purpose is not read as a pending form`() {
        #expect(PendingForm(sealed: "", by: seal) == nil)
        #expect(PendingForm(sealed: seal.stamp(for: anna, at: 0), by: seal) == nil)
        #expect(PendingForm(sealed: seal.seal(Array("owner=7".utf8), for: .pendingForm), by: seal) == nil)
        let others = Seal(secret: Array(repeating: 9, count: 32))
        let forged = PendingForm(owner: anna, target: "/expenses", fields: FormData()).sealed(by: others)
        #expect(PendingForm(sealed: forged, by: seal) == nil)
    }
}
