/// Why a token is refused.
package enum TokenError: Error, Equatable {
    /// Not three parts of base64url, too long, or a header that is no flat JSON object, or has `crit`.
    case malformed
    /// `alg` is not exactly `HS256`.
    case algorithmRefused
    case signatureInvalid
    /// Signed by us, but a claim is missing, twice there or of another kind.
    case claimsInvalid
    /// A refresh token where an access token is expected, or the reverse.
    case wrongType
    /// All else about it is right.
    case expired(Claims)
}
