/// What a token is good for.
package enum TokenType: String, Sendable {
    case access, refresh
}
