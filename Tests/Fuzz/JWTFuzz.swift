/// Any bytes as a token, and as the header and claims of a token that is rightly signed: an answer always comes,
/// and what is accepted can be signed and read again.
///
/// Compiled in one module with Sources/Crypto.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzJWT(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let bytes = unsafe Array(UnsafeBufferPointer(start: start, count: count))
    let token = String(decoding: bytes, as: UTF8.self)
    precondition((try? verify(token)) == nil, "a token was accepted that nobody signed")
    _ = PasswordHash.needsRehash(token, cost: .standard)
    if let decoded = Base64URL.decode(token) {
        precondition(Base64URL.encode(decoded) == token, "two spellings of the same bytes")
    }

    let parts = bytes.split(separator: 0, maxSplits: 1, omittingEmptySubsequences: false).map { Array($0) }
    let header = parts.count == 2 ? parts[0] : Array(#"{"alg":"HS256"}"#.utf8)
    let signed = Base64URL.encode(header) + "." + Base64URL.encode(parts[parts.count - 1])
    let signature = HMAC.sha256(Array(signed.utf8), key: FuzzedKeys.secret)
    if let claims = try? verify(signed + "." + Base64URL.encode(signature)) {
        precondition(
            (try? verify(JWT.sign(claims, with: FuzzedKeys.keys))) == claims, "claims do not survive")
    }
    return 0
}

private func verify(_ token: String) throws(TokenError) -> Claims {
    do throws(TokenError) {
        return try JWT.verify(token, with: FuzzedKeys.keys, expecting: .access, at: 0)
    } catch .expired(let claims) {
        return claims
    }
}

private enum FuzzedKeys {
    static let secret = [UInt8](repeating: 1, count: 32)
    static let keys = TokenKeys(current: TokenKey(secret))
}
