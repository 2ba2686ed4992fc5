import Crypto
import Expenses
import HTTP
import Testing
import Web

struct TokensTests {
    private static let secret = [UInt8](repeating: 3, count: 32)
    private static let newSecret = [UInt8](repeating: 4, count: 32)
    private let tokens = Tokens(secret: secret, accessLifetime: 1800, refreshLifetime: 259_200)
    private let noon: Int64 = 1_800_000_000

    private func pair(at now: Int64) -> TokenPair {
        tokens.pair(
            of: User.ID(7), session: "session", refreshID: "first", refreshExpiresAt: now + 259_200, at: now)
    }

    private func error(_ token: String, expecting type: TokenType = .access, at now: Int64) -> TokenError? {
        do {
            _ = try tokens.verify(token, expecting: type, at: now)
            return nil
        } catch {
            return error
        }
    }

    @Test func `both tokens name the user and the session`() throws {
        let pair = pair(at: noon)
        let access = try tokens.verify(pair.access, expecting: .access, at: noon)
        let refresh = try tokens.verify(pair.refresh, expecting: .refresh, at: noon)
        #expect(access.subject == "7" && refresh.subject == "7")
        #expect(access.session == "session" && refresh.session == "session")
        #expect(access.issuedAt == noon && access.expiresAt == noon + 1800)
        #expect(refresh.issuedAt == noon && refresh.expiresAt == noon + 259_200)
        #expect(refresh.id == "first")
    }

    @Test func `tokens end with their lifetime`() {
        let pair = pair(at: noon)
        #expect(error(pair.access, at: noon + 1799) == nil)
        guard case .expired = error(pair.access, at: noon + 1800) else {
            Issue.record("an access token has to end after its lifetime")
            return
        }
        #expect(error(pair.refresh, expecting: .refresh, at: noon + 259_199) == nil)
        #expect(error(pair.refresh, expecting: .refresh, at: noon + 259_200) != nil)
    }

    @Test func `an access token is not taken as a refresh token, nor the reverse`() {
        let pair = pair(at: noon)
        #expect(error(pair.refresh, at: noon) == .wrongType)
        #expect(error(pair.access, expecting: .refresh, at: noon) == .wrongType)
    }

    @Test func `a pair that is made again has the same refresh token and another access token`() {
        #expect(pair(at: noon).refresh == pair(at: noon).refresh)
        #expect(pair(at: noon).access != pair(at: noon).access)
    }

    @Test func `a refresh token has one successor, which differs by token and by key`() {
        let successor = tokens.successor(of: "first")
        #expect(successor == tokens.successor(of: "first"))
        #expect(successor != tokens.successor(of: "second"))
        #expect(successor != tokens.successor(of: successor))
        let others = Tokens(secret: Self.newSecret, accessLifetime: 1800, refreshLifetime: 259_200)
        #expect(successor != others.successor(of: "first"))
    }

    @Test func `the former key still verifies and no longer signs`() {
        let changed = Tokens(
            secret: Self.newSecret, previousSecret: Self.secret, accessLifetime: 1800,
            refreshLifetime: 259_200)
        #expect(throws: Never.self) {
            try changed.verify(pair(at: noon).access, expecting: .access, at: noon)
        }
        let fresh = changed.pair(
            of: User.ID(7), session: "session", refreshID: "first", refreshExpiresAt: noon + 9, at: noon)
        #expect(error(fresh.access, at: noon) == .signatureInvalid)
    }

    @Test func `a token of 100 KB is refused, whatever it holds`() {
        #expect(error(String(repeating: "A", count: 100_000), at: noon) == .malformed)
        #expect(error(pair(at: noon).access + String(repeating: ".", count: 100_000), at: noon) == .malformed)
    }

    @Test func `cookies carry the flags, and the refresh token goes to its own path only`() {
        var response = Response(.ok)
        tokens.setCookies(TokenPair(access: "a", refresh: "r"), on: &response, isSecure: true)
        #expect(
            response.headers.values("Set-Cookie") == [
                "access_token=a; Path=/; Max-Age=259200; HttpOnly; Secure; SameSite=Lax",
                "refresh_token=r; Path=/refresh; Max-Age=259200; HttpOnly; Secure; SameSite=Lax",
            ])
    }

    @Test func `unset cookies name the same paths`() {
        var response = Response(.ok)
        tokens.unsetCookies(on: &response, isSecure: false)
        #expect(
            response.headers.values("Set-Cookie") == [
                "access_token=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax",
                "refresh_token=; Path=/refresh; Max-Age=0; HttpOnly; SameSite=Lax",
            ])
    }
}
